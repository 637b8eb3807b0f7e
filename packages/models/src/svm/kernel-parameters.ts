import type { WasmGlobal } from '../wasm-module.js';
import type { Kernel, KernelName } from './kernel.js';

/** The parameters of a WebAssembly module that determine its kernel. */
export type KernelParameter = 'kernel' | 'gamma' | 'coef0' | 'degree';

/** The constants that modules export for the kernels (wasm/kernels.ts). */
export type KernelNumber = Uppercase<KernelName>;

/** The values of these parameters for a kernel. */
export function kernelParameters(
  module: Readonly<Record<KernelNumber, WasmGlobal>>,
  { kernel, gamma, coef0, degree }: Kernel,
): Record<KernelParameter, number> {
  return { kernel: module[kernel.toUpperCase() as KernelNumber].value, gamma, coef0, degree };
}
