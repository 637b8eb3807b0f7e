import {
  addressOf,
  instantiate,
  setParameters,
  tryInstantiateShared,
  type WasmExports,
  type WasmGlobal,
  type WasmSource,
} from '../wasm-module.js';
import { endWorkers, giveBack, takeWorkers } from './pool.js';

/** The exports of a threaded module; see wasm/threads.ts. */
export type ThreadedExports<Names extends string> = WasmExports<Names | 'mailbox'> & {
  setUp(): void;
  serve(): void;
};

/** The words of the mailbox that say whether a thread has failed and how many threads are done. */
const PLACES = { failed: 132, done: 128 };
/** The call that closes a team: zero threads take part. */
const CLOSED = 0;
const OPEN = 1;
/** Idle workers collect no garbage, so a memory above this size is freed by ending the workers that used it. */
const MAX_KEPT_BYTES = 2 ** 26;

/** An instance of a module that shares its work with other threads, if there are any. */
export interface Team<Exports> {
  readonly module: Exports;
  /** Releases the other threads. It must be called; the module then works alone. */
  close(): void;
}

/**
 * Opens a team: instances of a module in this thread and in up to `nThreads - 1` others that share one memory, have the same parameters and
 * have run `setUp`. The others join the work as soon as they are ready; none do if threads do not start or another team has them.
 */
export function openTeam<Exports extends ThreadedExports<Names>, Names extends string>(
  source: WasmSource,
  parameters: Readonly<Record<Names, number | boolean>>,
  nThreads: number,
): Team<Exports> {
  const { module, open } = workplace<Exports, Names>(source, parameters, nThreads > 1);
  return { module, close: open(nThreads) };
}

/** An instance of a module, with its memory, that successive teams work on. */
export interface Workplace<Exports> {
  readonly module: Exports;
  /** Whether other threads can take part. */
  readonly isShared: boolean;
  /** Lets up to `nThreads - 1` other threads join, as in a team. The returned function releases them and must be called. */
  open(nThreads: number): () => void;
}

/** Creates a `Workplace` with these parameters, after `setUp`; its memory is shared if `mayShare` is true and threads can share memory. */
export function workplace<Exports extends ThreadedExports<Names>, Names extends string>(
  source: WasmSource,
  parameters: Readonly<Record<Names, number | boolean>>,
  mayShare: boolean,
): Workplace<Exports> {
  const shared = mayShare ? tryInstantiateShared<Exports>(source) : undefined;
  const module = shared?.exports ?? instantiate<Exports>(source);
  setParameters(module as Readonly<Record<Names, WasmGlobal>>, parameters);
  module.setUp();
  const { buffer } = module.memory;
  const mailbox = new Int32Array(buffer, addressOf(module.mailbox), 64).fill(0);
  if (!shared) return { module, isShared: false, open: () => () => {} };

  const numbers = Object.fromEntries(
    Object.entries<number | boolean>(parameters).map(([name, value]) => [name, Number(value)]),
  );
  return {
    module,
    isShared: true,
    open(nThreads) {
      // A thread that was slow to leave the previous team stays in this one.
      Atomics.store(mailbox, 0, OPEN);
      const workers = takeWorkers(nThreads - 1);
      for (const worker of workers) {
        worker.postMessage({ module: shared.module, memory: shared.memory, parameters: numbers, ...PLACES });
      }
      return () => {
        Atomics.store(mailbox, 0, CLOSED);
        Atomics.notify(mailbox, 0);
        if (buffer.byteLength <= MAX_KEPT_BYTES) giveBack(workers.splice(0));
        else endWorkers(workers.splice(0));
      };
    },
  };
}
