import GRAM from '../../wasm/gram.wasm';
import { setParameters, tryInstantiate, type WasmExports, type WasmGlobal } from '../wasm-module.js';
import { type GramEngine, type GramSizes, WIDTH } from './gram-engine.js';

/** The exports of wasm/gram.ts: parameters and addresses. */
interface Module extends WasmExports<keyof GramSizes | 'left' | 'right' | 'tiles'> {
  setUp(): void;
  addProducts(rows: number, upperOnly: boolean): void;
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
    left: array(module.left, nLeft * nRows * WIDTH),
    right: array(module.right, nRight * nRows * WIDTH),
    tiles: array(module.tiles, nLeft * nRight * WIDTH * WIDTH),
    addProducts: module.addProducts,
  };
}
