import TALL from '../../wasm/tall.wasm';
import { openTeam, type ThreadedExports } from '../threads/team.js';
import { addressOf, compiles, type WasmGlobal } from '../wasm-module.js';
import type { RowLoss, TallEngine, TallSizes } from './tall-engine.js';

type Arrays = 'rows' | 'targets' | 'weights' | 'coefficients' | 'gradient' | 'hessian';

/** The exports of wasm/tall.ts: parameters and addresses. */
interface Module
  extends ThreadedExports<keyof TallSizes | keyof RowLoss | Arrays>,
    Pick<TallEngine, 'derive' | 'standardise'> {}

/** `undefined` if WebAssembly does not compile. */
export function wasmTallEngine(sizes: TallSizes, loss: RowLoss, nThreads: number): TallEngine | undefined {
  if (!compiles(TALL)) return undefined;
  const { nColumns, nRows, nBlocks } = sizes;
  const { module, close } = openTeam<Module, keyof TallSizes | keyof RowLoss>(
    TALL,
    { ...sizes, ...loss },
    nThreads,
  );
  const array = (global: WasmGlobal, length: number) =>
    new Float64Array(module.memory.buffer, addressOf(global), length);
  return {
    rows: array(module.rows, nBlocks * nColumns * nRows),
    targets: array(module.targets, nBlocks * nRows),
    weights: array(module.weights, nBlocks * nRows),
    coefficients: array(module.coefficients, nColumns),
    gradient: array(module.gradient, nColumns),
    hessian: array(module.hessian, nColumns * nColumns),
    standardise: module.standardise,
    derive: module.derive,
    close,
  };
}
