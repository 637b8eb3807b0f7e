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

/** What a module that works in threads exports besides; see wasm/threads.ts. */
export type ThreadedExports<Names extends string> = WasmExports<Names | 'mailbox'> & {
  setUp(): void;
  serve(): void;
};

/** Where the mailbox tells that a thread has failed, and how many have done their part. */
const PLACES = { failed: 132, done: 128 };
/** The call that closes a team: no thread takes part. */
const CLOSED = 0;
const OPEN = 1;
/** An idle worker collects no garbage: beyond this size a memory is let go with the workers that have seen it. */
const MOST_KEPT_BYTES = 2 ** 26;

/** An instance of a module whose work is shared with other threads, if there are any. */
export interface Team<Exports> {
  readonly module: Exports;
  /** Lets the other threads go, and must be called; the module goes on alone. */
  close(): void;
}

/**
 * Opens a team: instances of a module in this thread and in up to `nThreads - 1` others, of one memory, with the same parameters, each of
 * which has run `setUp`. The others take part in what this one forks from when they are ready; none does where threads do not start,
 * or where another team has them.
 */
export function openTeam<Exports extends ThreadedExports<Names>, Names extends string>(
  source: WasmSource,
  parameters: Readonly<Record<Names, number | boolean>>,
  nThreads: number,
): Team<Exports> {
  const { module, open } = workplace<Exports, Names>(source, parameters, nThreads > 1);
  return { module, close: open(nThreads) };
}

/** An instance of a module that stays, with what its memory holds, and that one team after the other works with. */
export interface Workplace<Exports> {
  readonly module: Exports;
  /** Whether other threads can take part. */
  readonly isShared: boolean;
  /** Has up to `nThreads - 1` other threads take part, as in a team, until the function returned is called, which must be. */
  open(nThreads: number): () => void;
}

/** Makes an instance, with these parameters, that has run `setUp`, in memory that may be shared if it can be. */
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
      // A thread that was slow to leave the team before goes on in this one.
      Atomics.store(mailbox, 0, OPEN);
      const workers = takeWorkers(nThreads - 1);
      for (const worker of workers) {
        worker.postMessage({ module: shared.module, memory: shared.memory, parameters: numbers, ...PLACES });
      }
      return () => {
        Atomics.store(mailbox, 0, CLOSED);
        Atomics.notify(mailbox, 0);
        if (buffer.byteLength <= MOST_KEPT_BYTES) giveBack(workers.splice(0));
        else endWorkers(workers.splice(0));
      };
    },
  };
}
