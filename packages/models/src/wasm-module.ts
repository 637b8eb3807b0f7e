import { ChurnError } from '@churn/core';

/** The memory of an instance; its buffer is another one after it has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A number that an instance shows: an address in its memory, or a size. */
export interface WasmGlobal {
  readonly value: number;
}

// What is used of the global that browsers and Node have, and that the type library without a page lacks.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** A WebAssembly memory ends at 4 GiB, and addresses beyond it begin anew; the last MiB is left to rounding. */
export const MOST_BYTES = 2 ** 32 - 2 ** 20;

/**
 * Checks that what a module is to hold fits into its memory.
 * @throws `invalid-data` where it does not.
 */
export function requireMemory(nBytes: number): void {
  if (nBytes <= MOST_BYTES) return;
  throw new ChurnError(
    'invalid-data',
    `these rows, columns and parameters take ${(nBytes / 2 ** 30).toFixed(1)} GiB to learn from; expected less than 4`,
  );
}

const compiled = new Map<string, object>();

/**
 * A new instance of a WebAssembly module, with a memory of its own.
 *
 * @param base64 the module.
 */
export function instantiate<Exports>(base64: string): Exports {
  let module = compiled.get(base64);
  if (!module) {
    module = new WebAssembly.Module(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
    compiled.set(base64, module);
  }
  return new WebAssembly.Instance(module, { env: { abort } }).exports as Exports;
}

/** What AssemblyScript calls where an assertion fails. */
function abort(): never {
  throw new Error('a WebAssembly module stopped');
}
