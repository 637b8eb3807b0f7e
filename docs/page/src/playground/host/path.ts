// As much of `node:path` as names of files in a configuration need.

export const isAbsolute = (path: string): boolean => path.startsWith('/');
export const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const dirname = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
export const join = (...parts: readonly string[]): string => parts.join('/');
