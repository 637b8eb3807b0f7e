import { ChurnError } from '@churn/core';

/** An exported number of an instance: a parameter, an address or a size. */
export interface WasmGlobal {
  value: number;
}

/** The exports of all instances: numbers, and the memory, whose `buffer` is replaced when it grows. */
export type WasmExports<Names extends string> = Readonly<Record<Names, WasmGlobal>> & {
  readonly memory: WasmMemory;
};

/** An exported address as an unsigned number; beyond 2 GiB, its 32 bits read as negative. */
export function addressOf({ value }: WasmGlobal): number {
  return value >>> 0;
}

/** Sets parameters of an instance by name. */
export function setParameters<Names extends string>(
  instance: Readonly<Record<Names, WasmGlobal>>,
  values: Readonly<Record<Names, number | boolean>>,
): void {
  for (const name in values) instance[name].value = Number(values[name]);
}

// The parts used here of a global that the type library in use lacks.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  Memory: new (limits: object) => WasmMemory;
};

/** A linear memory, which threads can share. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** The limits of the memory that modules import, in pages of 64 KiB. */
const LIMITS = { initial: 1, maximum: 65_536 };

/** A WebAssembly memory ends at 4 GiB, where addresses wrap around; the last MiB is a margin for alignment. */
export const MAX_BYTES = 2 ** 32 - 2 ** 20;

/**
 * Checks that a module's data fits into its memory.
 * @throws `invalid-data` if it does not.
 */
export function requireMemory(nBytes: number): void {
  if (nBytes <= MAX_BYTES) return;
  throw new ChurnError(
    'invalid-data',
    `these rows, columns and parameters take ${(nBytes / 2 ** 30).toFixed(1)} GiB to learn from; expected less than 4`,
  );
}

/** A module: its bytes as base64, or the `WebAssembly.Module` if a bundler compiled it. */
export type WasmSource = string | object;

const compiled = new Map<string, object>();
/** Why modules do not compile here. Browsers log each failed attempt, so there is only one. */
let refusal: unknown;

/**
 * Whether modules compile here. Cloudflare Workers and pages with a strict Content-Security-Policy do not compile bytes at run time, and
 * old browsers lack SIMD.
 */
export function compiles(source: WasmSource): boolean {
  return moduleOf(source) !== undefined;
}

/** A new instance of a WebAssembly module with its own memory; `undefined` if modules do not compile. */
export function tryInstantiate<Exports>(source: WasmSource): Exports | undefined {
  const module = moduleOf(source);
  return module && instanceOf<Exports>(module, new WebAssembly.Memory(LIMITS));
}

/** An instance whose memory other threads can share. */
export interface SharedInstance<Exports> {
  readonly exports: Exports;
  readonly module: object;
  readonly memory: WasmMemory;
}

/** A new instance with a memory that threads can share; `undefined` if that is impossible. */
export function tryInstantiateShared<Exports>(source: WasmSource): SharedInstance<Exports> | undefined {
  // A module compiled by a bundler expects an unshared memory.
  if (typeof source !== 'string' || !compiles(source)) return undefined;
  try {
    const module = sharedModuleOf(source);
    const memory = new WebAssembly.Memory({ ...LIMITS, shared: true });
    return { exports: instanceOf<Exports>(module, memory), module, memory };
  } catch {
    // A page that is not cross-origin isolated cannot share memory.
    return undefined;
  }
}

function instanceOf<Exports>(module: object, memory: WasmMemory): Exports {
  const words = new Int32Array(memory.buffer);
  const sleep = (place: number, was: number) => {
    try {
      Atomics.wait(words, place >> 2, was);
    } catch {
      // The main thread of a page must not block; it polls.
    }
  };
  const wake = (place: number) => Atomics.notify(words, place >> 2);
  return new WebAssembly.Instance(module, { env: { abort, memory, refuse, sleep, wake } }).exports as Exports;
}

/**
 * A new instance of a module that fitting requires.
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

/** The import of a memory with a maximum, as encoded in a module: `env`, `memory`, kind 2, limits flag 1. */
const MEMORY_IMPORT = [3, ...codesOf('env'), 6, ...codesOf('memory'), 2, 1];
const SHARED_WITH_MAXIMUM = 3;

/** The same module for a shared memory. Only one byte differs, so a single module is shipped. */
function withSharedMemory(bytes: Uint8Array): Uint8Array {
  const at = bytes.findIndex((_, start) => MEMORY_IMPORT.every((byte, i) => bytes[start + i] === byte));
  bytes[at + MEMORY_IMPORT.length - 1] = SHARED_WITH_MAXIMUM;
  return bytes;
}

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** Called by modules if the machine cannot provide that many bytes. */
function refuse(nBytes: number): never {
  throw new ChurnError(
    'invalid-data',
    `these rows, columns and parameters take ${((nBytes >>> 0) / 2 ** 30).toFixed(1)} GiB to learn from, more than the memory that is left`,
  );
}

/** Called by AssemblyScript if an assertion fails. */
function abort(): never {
  throw new Error('a WebAssembly module stopped');
}
