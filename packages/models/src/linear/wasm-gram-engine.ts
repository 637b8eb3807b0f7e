import GRAM from '../../wasm/gram.wasm';
import { setParameters, tryInstantiate, type WasmExports, type WasmGlobal } from '../wasm-module.js';
import { type GramEngine, type GramSizes, WIDTH } from './gram-engine.js';

type Arrays = 'columns' | 'centres' | 'weights' | 'moments' | 'tiles';

/** The exports of wasm/gram.ts: parameters and addresses. */
interface Module extends WasmExports<keyof GramSizes | Arrays>, Omit<GramEngine, Arrays> {
  setUp(): void;
}

/** `undefined` if WebAssembly does not compile. */
export function wasmGramEngine(sizes: GramSizes): GramEngine | undefined {
  const module = tryInstantiate<Module>(GRAM);
  if (!module) return undefined;
  const { nLeft, nRight, nRows } = sizes;
  setParameters<keyof GramSizes>(module, sizes);
  module.setUp();
  const array = ({ value }: WasmGlobal, length: number) =>
    new Float64Array(module.memory.buffer, value, length);
  return {
    columns: array(module.columns, WIDTH * nRows),
    centres: array(module.centres, WIDTH),
    weights: array(module.weights, nRows),
    moments: array(module.moments, 2 * WIDTH),
    tiles: array(module.tiles, nLeft * nRight * WIDTH * WIDTH),
    addMoments: module.addMoments,
    pack: module.pack,
    addProducts: module.addProducts,
  };
}
