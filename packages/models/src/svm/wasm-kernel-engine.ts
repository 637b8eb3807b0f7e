import KERNEL_SUMS from '../../wasm/kernel-sums.wasm';
import { setParameters, tryInstantiate, type WasmExports, type WasmGlobal } from '../wasm-module.js';
import type { Kernel } from './kernel.js';
import type { KernelEngine, KernelShape } from './kernel-engine.js';
import { type KernelNumber, type KernelParameter, kernelParameters } from './kernel-parameters.js';

type Parameter = 'nRows' | 'nFeatures' | 'nSums' | KernelParameter;

/** The exports of wasm/kernel-sums.ts. */
interface Module extends WasmExports<Parameter | KernelNumber | 'rows' | 'weights' | 'points' | 'sums'> {
  setUp(): void;
  prepare(): void;
  score(): void;
}

/** `undefined` if WebAssembly does not compile. */
export function wasmKernelEngine(
  { nRows, nFeatures, nSums }: KernelShape,
  kernel: Kernel,
): KernelEngine | undefined {
  const module = tryInstantiate<Module>(KERNEL_SUMS);
  if (!module) return undefined;
  setParameters<Parameter>(module, { nRows, nFeatures, nSums, ...kernelParameters(module, kernel) });
  module.setUp();
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
