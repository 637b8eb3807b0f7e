import type { WasmGlobal } from '../wasm-module.js';
import type { Kernel, KernelName } from './kernel.js';

/** The parameters by which a WebAssembly module knows its kernel. */
export type KernelParameter = 'kernel' | 'gamma' | 'coef0' | 'degree';

/** The names by which modules export the numbers of the kernels (wasm/kernels.ts). */
export type KernelNumber = Uppercase<KernelName>;

/** The values of the parameters for a kernel. */
export function kernelParameters(
  module: Readonly<Record<KernelNumber, WasmGlobal>>,
  { kernel, gamma, coef0, degree }: Kernel,
): Record<KernelParameter, number> {
  return { kernel: module[kernel.toUpperCase() as KernelNumber].value, gamma, coef0, degree };
}
