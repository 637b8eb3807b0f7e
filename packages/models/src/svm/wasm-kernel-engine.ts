import KERNEL_SUMS from '../../wasm/kernel-sums.wasm';
import { tryInstantiate, type WasmGlobal, type WasmMemory } from '../wasm-module.js';
import { KERNELS, type Kernel } from './kernel.js';
import type { KernelEngine, KernelShape } from './kernel-engine.js';

/** What wasm/kernel-sums.ts exports. The numbers in globals are addresses in the memory. */
interface Module {
  readonly memory: WasmMemory;
  readonly rows: WasmGlobal;
  readonly weights: WasmGlobal;
  readonly points: WasmGlobal;
  readonly sums: WasmGlobal;
  setUp(
    nRows: number,
    nFeatures: number,
    nSums: number,
    kernel: number,
    gamma: number,
    coef0: number,
    degree: number,
  ): void;
  prepare(): void;
  score(): void;
}

/** `undefined` where WebAssembly does not compile. */
export function wasmKernelEngine(
  { nRows, nFeatures, nSums }: KernelShape,
  { kernel, gamma, coef0, degree }: Kernel,
): KernelEngine | undefined {
  const module = tryInstantiate<Module>(KERNEL_SUMS);
  if (!module) return undefined;
  module.setUp(nRows, nFeatures, nSums, KERNELS.indexOf(kernel), gamma, coef0, degree);
  const nPadded = 4 * Math.ceil(nRows / 4);
  const array = ({ value }: WasmGlobal, length: number) =>
    new Float64Array(module.memory.buffer, value, length);
  return {
    rows: array(module.rows, nPadded * nFeatures),
    weights: array(module.weights, nPadded * nSums),
    points: array(module.points, 4 * nFeatures),
    sums: array(module.sums, 4 * nSums),
    prepare: module.prepare,
    score: module.score,
  };
}
