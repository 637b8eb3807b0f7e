import GRAM from '../../wasm/gram.wasm';
import { tryInstantiate, type WasmGlobal, type WasmMemory } from '../wasm-module.js';
import { type GramEngine, type GramSizes, WIDTH } from './gram-engine.js';

/** What wasm/gram.ts exports. The numbers in globals are addresses in the memory. */
interface Module {
  readonly memory: WasmMemory;
  readonly left: WasmGlobal;
  readonly right: WasmGlobal;
  readonly tiles: WasmGlobal;
  setUp(leftPanels: number, rightPanels: number, blockRows: number): void;
  addProducts(rows: number, upperOnly: boolean): void;
}

/** `undefined` where WebAssembly does not compile. */
export function wasmGramEngine({ nLeft, nRight, nRows }: GramSizes): GramEngine | undefined {
  const module = tryInstantiate<Module>(GRAM);
  if (!module) return undefined;
  module.setUp(nLeft, nRight, nRows);
  const array = ({ value }: WasmGlobal, length: number) =>
    new Float64Array(module.memory.buffer, value, length);
  return {
    left: array(module.left, nLeft * nRows * WIDTH),
    right: array(module.right, nRight * nRows * WIDTH),
    tiles: array(module.tiles, nLeft * nRight * WIDTH * WIDTH),
    addProducts: module.addProducts,
  };
}
