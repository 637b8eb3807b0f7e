// AssemblyScript. The constants of the kernels, which their modules export.

export const LINEAR: i32 = 0;
export const POLY: i32 = 1;
export const RBF: i32 = 2;
export const SIGMOID: i32 = 3;
