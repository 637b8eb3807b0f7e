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
/** An idle worker collects no garbage: beyond this size a memory is let go with the workers that have seen it. */
const MOST_KEPT_BYTES = 2 ** 26;

/** An instance of a module whose work is shared with other threads, where there are any. */
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
  const shared = nThreads > 1 ? tryInstantiateShared<Exports>(source) : undefined;
  const instance = shared?.exports ?? instantiate<Exports>(source);
  setParameters(instance as Readonly<Record<Names, WasmGlobal>>, parameters);
  instance.setUp();
  const { buffer } = instance.memory;
  const mailbox = new Int32Array(buffer, addressOf(instance.mailbox), 64).fill(0);
  mailbox[0] = 1;
  if (!shared) return { module: instance, close() {} };

  const workers = takeWorkers(nThreads - 1);
  const numbers = Object.fromEntries(
    Object.entries<number | boolean>(parameters).map(([name, value]) => [name, Number(value)]),
  );
  for (const worker of workers) {
    worker.postMessage({ module: shared.module, memory: shared.memory, parameters: numbers, ...PLACES });
  }
  return {
    module: instance,
    close() {
      Atomics.store(mailbox, 0, CLOSED);
      Atomics.notify(mailbox, 0);
      if (buffer.byteLength <= MOST_KEPT_BYTES) giveBack(workers.splice(0));
      else endWorkers(workers.splice(0));
    },
  };
}
