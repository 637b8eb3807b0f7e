import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { SchemaElement } from 'hyparquet';

/** A request to the thread. */
export type ParquetRequest = { readonly kind: 'open'; readonly file: string } | { readonly kind: 'next' };

/** A reply of the thread. Any number of `progress` precedes each other reply. */
export type ParquetReply =
  | { readonly kind: 'progress' }
  | { readonly kind: 'opened'; readonly elements: readonly SchemaElement[]; readonly rows: number }
  | ({ readonly kind: 'rows' } & ParquetRows)
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly message: string };

/** Rows of a Parquet file. */
export interface ParquetRows {
  /** The number of rows before them. */
  readonly before: number;
  /** The stored values of each column. */
  readonly values: readonly ArrayLike<unknown>[];
}

/** The content of a Parquet file. */
export interface ParquetContent {
  readonly elements: readonly SchemaElement[];
  readonly rows: number;
  batches(): AsyncGenerator<ParquetRows>;
}

export interface ParquetReaderOptions {
  /** The built worker script. */
  readonly worker?: URL;
  /** The maximum time without progress, in milliseconds. */
  readonly timeout?: number;
}

/** The timeout grows with the file, which is read at many megabytes per second. */
const TIMEOUT = { milliseconds: 6000, bytesPerMillisecond: 2 ** 16 };
/** The memory limit of the thread in megabytes, which a damaged file may exhaust. */
const MEMORY = { min: 1024, perMegabyte: 8, max: 4096 };

/** Reads Parquet files, one at a time, on a thread that is stopped if it makes no progress or needs too much memory. */
export class ParquetReader {
  readonly #url: URL;
  readonly #timeout: number | undefined;
  #worker: Worker | undefined;
  #memory = 0;

  constructor({ worker = new URL('./worker.js', import.meta.url), timeout }: ParquetReaderOptions = {}) {
    this.#url = worker;
    this.#timeout = timeout;
  }

  /** @throws if the file is not Parquet, or its metadata is damaged. */
  async open(file: string): Promise<ParquetContent> {
    const { size } = statSync(file);
    const timeout = this.#timeout ?? TIMEOUT.milliseconds + size / TIMEOUT.bytesPerMillisecond;
    const megabytes = Math.min(Math.max(MEMORY.min, (size / 2 ** 20) * MEMORY.perMegabyte), MEMORY.max);
    const worker = await this.#workerOf(Math.ceil(megabytes));
    const ask = (request: ParquetRequest) => this.#ask(worker, request, timeout);
    const opened = await ask({ kind: 'open', file });
    if (opened.kind !== 'opened') throw new Error('unexpected reply of the Parquet reader');
    const { elements, rows } = opened;
    return {
      elements,
      rows,
      async *batches() {
        // Requested ahead, so that the next rows are read while these are processed.
        let next = ask({ kind: 'next' });
        for (;;) {
          const reply = await next;
          if (reply.kind !== 'rows') return;
          next = ask({ kind: 'next' });
          // A caller that takes no more rows should not get its error.
          next.catch(() => undefined);
          yield reply;
        }
      },
    };
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #workerOf(megabytes: number): Promise<Worker> {
    if (this.#worker && megabytes <= this.#memory) return this.#worker;
    await this.close();
    this.#memory = megabytes;
    const worker = new Worker(this.#url, {
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      stderr: true,
    });
    // The thread must not keep the process alive.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  /** @throws if there is no reply, or the reply is an error. */
  async #ask(
    worker: Worker,
    request: ParquetRequest,
    timeout: number,
  ): Promise<Exclude<ParquetReply, { kind: 'progress' | 'error' }>> {
    try {
      return await replyOf(worker, request, timeout);
    } catch (error) {
      // After a crash on a damaged file, the thread may be unusable.
      if (this.#worker === worker && !(error instanceof Refusal)) await this.close();
      throw error;
    }
  }
}

/** An error after which the thread is still usable. */
class Refusal extends Error {}

function replyOf(
  worker: Worker,
  request: ParquetRequest,
  timeout: number,
): Promise<Exclude<ParquetReply, { kind: 'progress' | 'error' }>> {
  return new Promise((resolve, reject) => {
    let heard = performance.now();
    const timer = setInterval(
      () => {
        // Pending messages are handled first, since this thread may have been busy.
        setImmediate(() => {
          if (performance.now() - heard > timeout)
            settle(() => reject(new Error('reading it makes no progress')));
        });
      },
      Math.min(timeout / 4, 250),
    );
    const settle = (act: () => void) => {
      clearInterval(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (reply: ParquetReply) => {
      heard = performance.now();
      if (reply.kind === 'progress') return;
      settle(() => (reply.kind === 'error' ? reject(new Refusal(reply.message)) : resolve(reply)));
    };
    const onError = (error: NodeJS.ErrnoException) =>
      settle(() => {
        const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(isMemory ? new Error('it needs too much memory; write it with smaller row groups') : error);
      });
    const onExit = () => settle(() => reject(new Error('reading it ended at once')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  });
}
