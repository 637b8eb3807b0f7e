import LOGISTIC from '../../wasm/logistic.wasm';
import { openTeam, type ThreadedExports } from '../threads/team.js';
import { addressOf, compiles, type WasmGlobal } from '../wasm-module.js';
import type { LogisticEngine, LogisticSizes } from './logistic-engine.js';

type Arrays = 'rows' | 'targets' | 'weights' | 'coefficients' | 'gradient' | 'hessian';

/** What wasm/logistic.ts exports: parameters and addresses. */
interface Module
  extends ThreadedExports<keyof LogisticSizes | Arrays>,
    Pick<LogisticEngine, 'derive' | 'deriveAtZero'> {}

/** `undefined` if WebAssembly does not compile. */
export function wasmLogisticEngine(sizes: LogisticSizes, nThreads: number): LogisticEngine | undefined {
  if (!compiles(LOGISTIC)) return undefined;
  const { nColumns, nRows, nBlocks } = sizes;
  const { module, close } = openTeam<Module, keyof LogisticSizes>(LOGISTIC, { ...sizes }, nThreads);
  const array = (global: WasmGlobal, length: number) =>
    new Float64Array(module.memory.buffer, addressOf(global), length);
  return {
    rows: array(module.rows, nBlocks * nColumns * nRows),
    targets: array(module.targets, nBlocks * nRows),
    weights: array(module.weights, nBlocks * nRows),
    coefficients: array(module.coefficients, nColumns),
    gradient: array(module.gradient, nColumns),
    hessian: array(module.hessian, nColumns * nColumns),
    derive: module.derive,
    deriveAtZero: module.deriveAtZero,
    close,
  };
}
