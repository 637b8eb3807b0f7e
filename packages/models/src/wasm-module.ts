import { ChurnError } from '@churn/core';

/** A number of an instance: a parameter, an address in its memory, or a size. */
export interface WasmGlobal {
  value: number;
}

/** What all instances export: their memory, whose buffer is another one after it has grown, and numbers by their names. */
export type WasmExports<Names extends string> = Readonly<Record<Names, WasmGlobal>> & {
  readonly memory: WasmMemory;
};

/** An address that an instance exports: beyond 2 GiB its 32 bits read as a negative number. */
export function addressOf({ value }: WasmGlobal): number {
  return value >>> 0;
}

/** Gives parameters of an instance their values, by their names. */
export function setParameters<Names extends string>(
  instance: Readonly<Record<Names, WasmGlobal>>,
  values: Readonly<Record<Names, number | boolean>>,
): void {
  for (const name in values) instance[name].value = Number(values[name]);
}

// What is used of the global that browsers and Node have, and that the type library without a page lacks.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  Memory: new (limits: object) => WasmMemory;
};

/** A linear memory, which several threads may share. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** What modules import a memory of; a page has 64 KiB. */
const LIMITS = { initial: 1, maximum: 65_536 };

/** A WebAssembly memory ends at 4 GiB, and addresses beyond it begin anew; the last MiB is left to rounding. */
export const MOST_BYTES = 2 ** 32 - 2 ** 20;

/**
 * Checks that what a module is to hold fits into its memory.
 * @throws `invalid-data` if it does not.
 */
export function requireMemory(nBytes: number): void {
  if (nBytes <= MOST_BYTES) return;
  throw new ChurnError(
    'invalid-data',
    `these rows, columns and parameters take ${(nBytes / 2 ** 30).toFixed(1)} GiB to learn from; expected less than 4`,
  );
}

/** A module: its bytes as base64, or, where a bundler has compiled it, the `WebAssembly.Module`. */
export type WasmSource = string | object;

const compiled = new Map<string, object>();
/** Why no module compiles here. A page reports each attempt to its developer, so there is only one. */
let refusal: unknown;

/**
 * Whether modules compile here. Cloudflare's workers and pages under a strict Content-Security-Policy refuse to compile bytes at run
 * time, and old browsers lack SIMD.
 */
export function compiles(source: WasmSource): boolean {
  return moduleOf(source) !== undefined;
}

/** A new instance of a WebAssembly module, with a memory of its own; `undefined` where modules do not compile. */
export function tryInstantiate<Exports>(source: WasmSource): Exports | undefined {
  const module = moduleOf(source);
  return module && instanceOf<Exports>(module, new WebAssembly.Memory(LIMITS));
}

/** An instance whose memory other threads may have instances of, too. */
export interface SharedInstance<Exports> {
  readonly exports: Exports;
  readonly module: object;
  readonly memory: WasmMemory;
}

/** A new instance with a memory that threads can share; `undefined` where none can be had. */
export function tryInstantiateShared<Exports>(source: WasmSource): SharedInstance<Exports> | undefined {
  // A bundled module is compiled for a memory of one thread.
  if (typeof source !== 'string' || !compiles(source)) return undefined;
  try {
    const module = sharedModuleOf(source);
    const memory = new WebAssembly.Memory({ ...LIMITS, shared: true });
    return { exports: instanceOf<Exports>(module, memory), module, memory };
  } catch {
    // A page that is not isolated from others shares no memory.
    return undefined;
  }
}

function instanceOf<Exports>(module: object, memory: WasmMemory): Exports {
  const words = new Int32Array(memory.buffer);
  const sleep = (place: number, was: number) => {
    try {
      Atomics.wait(words, place >> 2, was);
    } catch {
      // The thread of a page must not sleep, and looks again.
    }
  };
  const wake = (place: number) => Atomics.notify(words, place >> 2);
  return new WebAssembly.Instance(module, { env: { abort, memory, refuse, sleep, wake } }).exports as Exports;
}

/**
 * A new instance of a module that fitting needs.
 * @throws `unsupported` if modules do not compile.
 */
export function instantiate<Exports>(source: WasmSource): Exports {
  const exports = tryInstantiate<Exports>(source);
  if (exports) return exports;
  throw new ChurnError(
    'unsupported',
    'fitting this model needs WebAssembly, which does not compile here; ' +
      'allow it (\'wasm-unsafe-eval\' in the Content-Security-Policy of a page, the export condition "workerd" in a bundle for Cloudflare), ' +
      'or fit elsewhere and load the model file, which scores without WebAssembly',
    { cause: refusal },
  );
}

function moduleOf(source: WasmSource): object | undefined {
  if (typeof source !== 'string') return source;
  const known = compiled.get(source);
  if (known || refusal) return known;
  try {
    const module = new WebAssembly.Module(bytesOf(source));
    compiled.set(source, module);
    return module;
  } catch (error) {
    refusal = error;
    return undefined;
  }
}

const compiledShared = new Map<string, object>();

function sharedModuleOf(source: string): object {
  const known = compiledShared.get(source);
  if (known) return known;
  const module = new WebAssembly.Module(withSharedMemory(bytesOf(source)));
  compiledShared.set(source, module);
  return module;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
}

/** The import of a memory with a maximum, as it stands in the bytes: `env`, `memory`, the kind 2, and 1 for these limits. */
const MEMORY_IMPORT = [3, ...codesOf('env'), 6, ...codesOf('memory'), 2, 1];
const SHARED_WITH_MAXIMUM = 3;

/** The same module for a shared memory, which differs in one byte: none has to be shipped twice. */
function withSharedMemory(bytes: Uint8Array): Uint8Array {
  const at = bytes.findIndex((_, start) => MEMORY_IMPORT.every((byte, i) => bytes[start + i] === byte));
  bytes[at + MEMORY_IMPORT.length - 1] = SHARED_WITH_MAXIMUM;
  return bytes;
}

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** What modules call where the machine does not give them so many bytes. */
function refuse(nBytes: number): never {
  throw new ChurnError(
    'invalid-data',
    `these rows, columns and parameters take ${((nBytes >>> 0) / 2 ** 30).toFixed(1)} GiB to learn from, more than the memory that is left`,
  );
}

/** What AssemblyScript calls where an assertion fails. */
function abort(): never {
  throw new Error('a WebAssembly module stopped');
}
