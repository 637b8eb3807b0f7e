import BINNER from '../../wasm/binner.wasm';
import { addressOf, tryInstantiate, type WasmExports } from '../wasm-module.js';

/** The exports of wasm/binner.ts. */
interface Module extends WasmExports<'MAX_VALUES' | 'N_EDGES' | 'edges' | 'values' | 'codes'> {
  setUp(): void;
  bin(nValues: number): void;
}

interface Binner {
  readonly edges: Float64Array;
  readonly values: Float64Array;
  readonly codes: Uint8Array;
  bin(nValues: number): void;
}

let made: Binner | undefined;

/**
 * Writes the bin of each value into `codes`, in WebAssembly; equal to `binOf`.
 * @returns false if WebAssembly does not compile.
 */
export function binInWasm(values: Float64Array, edges: Float64Array, codes: Uint8Array): boolean {
  made ??= make();
  if (!made) return false;
  made.edges.fill(Infinity).set(edges);
  const most = made.values.length;
  for (let start = 0; start < values.length; start += most) {
    const part = values.subarray(start, start + most);
    made.values.set(part);
    made.bin(part.length);
    codes.set(made.codes.subarray(0, part.length), start);
  }
  return true;
}

function make(): Binner | undefined {
  const module = tryInstantiate<Module>(BINNER);
  if (!module) return undefined;
  module.setUp();
  const { memory, MAX_VALUES, N_EDGES, edges, values, codes, bin } = module;
  const { buffer } = memory;
  return {
    edges: new Float64Array(buffer, addressOf(edges), N_EDGES.value),
    values: new Float64Array(buffer, addressOf(values), MAX_VALUES.value),
    codes: new Uint8Array(buffer, addressOf(codes), MAX_VALUES.value),
    bin,
  };
}
