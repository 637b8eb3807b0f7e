import LOGISTIC from '../../wasm/logistic.wasm';
import { setParameters, tryInstantiate, type WasmExports, type WasmGlobal } from '../wasm-module.js';
import type { LogisticEngine, LogisticSizes } from './logistic-engine.js';

type Arrays = 'block' | 'targets' | 'weights' | 'coefficients' | 'gradient' | 'gradientAtZero' | 'hessian';

/** What wasm/logistic.ts exports: parameters and addresses. */
interface Module
  extends WasmExports<keyof LogisticSizes | Arrays>,
    Pick<LogisticEngine, 'begin' | 'addBlock' | 'addBlockAtZero'> {
  setUp(): void;
}

/** `undefined` where WebAssembly does not compile. */
export function wasmLogisticEngine(sizes: LogisticSizes): LogisticEngine | undefined {
  const module = tryInstantiate<Module>(LOGISTIC);
  if (!module) return undefined;
  const { nColumns, nRows } = sizes;
  setParameters<keyof LogisticSizes>(module, sizes);
  module.setUp();
  const array = ({ value }: WasmGlobal, length: number) =>
    new Float64Array(module.memory.buffer, value, length);
  return {
    block: array(module.block, nColumns * nRows),
    targets: array(module.targets, nRows),
    weights: array(module.weights, nRows),
    coefficients: array(module.coefficients, nColumns),
    gradient: array(module.gradient, nColumns),
    gradientAtZero: array(module.gradientAtZero, nColumns),
    hessian: array(module.hessian, nColumns * nColumns),
    begin: module.begin,
    addBlock: module.addBlock,
    addBlockAtZero: module.addBlockAtZero,
  };
}
