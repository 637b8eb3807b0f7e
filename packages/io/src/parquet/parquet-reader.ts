import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { SchemaElement } from 'hyparquet';

/** What the thread is asked. */
export type ParquetRequest = { readonly kind: 'open'; readonly file: string } | { readonly kind: 'next' };

/** What it replies; any number of `progress` comes before each of the others. */
export type ParquetReply =
  | { readonly kind: 'progress' }
  | { readonly kind: 'opened'; readonly elements: readonly SchemaElement[]; readonly rows: number }
  | ({ readonly kind: 'rows' } & ParquetRows)
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly message: string };

/** Some rows of a Parquet file. */
export interface ParquetRows {
  /** How many rows come before them. */
  readonly before: number;
  /** For each column its values as they are stored. */
  readonly values: readonly ArrayLike<unknown>[];
}

/** Of what a Parquet file consists. */
export interface ParquetContent {
  readonly elements: readonly SchemaElement[];
  readonly rows: number;
  batches(): AsyncGenerator<ParquetRows>;
}

export interface ParquetReaderOptions {
  /** The built worker. */
  readonly worker?: URL;
  /** How many milliseconds reading may take without progress. */
  readonly patience?: number;
}

/** A file of the size of a data set is read at many megabytes a second. */
const PATIENCE = { milliseconds: 6000, bytesPerMillisecond: 2 ** 16 };
/** In megabytes. More than this a damaged file does not get. */
const MEMORY = { least: 1024, perMegabyte: 8, most: 4096 };

/** Reads Parquet files, one after another, on a thread that is stopped where it makes no progress or takes too much memory. */
export class ParquetReader {
  readonly #url: URL;
  readonly #patience: number | undefined;
  #worker: Worker | undefined;
  #memory = 0;

  constructor({ worker = new URL('./worker.js', import.meta.url), patience }: ParquetReaderOptions = {}) {
    this.#url = worker;
    this.#patience = patience;
  }

  /** @throws if the file is not Parquet, or damaged as far as it tells of itself. */
  async open(file: string): Promise<ParquetContent> {
    const { size } = statSync(file);
    const patience = this.#patience ?? PATIENCE.milliseconds + size / PATIENCE.bytesPerMillisecond;
    const megabytes = Math.min(Math.max(MEMORY.least, (size / 2 ** 20) * MEMORY.perMegabyte), MEMORY.most);
    const worker = await this.#workerOf(Math.ceil(megabytes));
    const ask = (request: ParquetRequest) => this.#ask(worker, request, patience);
    const opened = await ask({ kind: 'open', file });
    if (opened.kind !== 'opened') throw new Error('the reader of Parquet made no sense');
    const { elements, rows } = opened;
    return {
      elements,
      rows,
      async *batches() {
        // Asked for ahead, so that the next rows are read while these are scored.
        let next = ask({ kind: 'next' });
        for (;;) {
          const reply = await next;
          if (reply.kind !== 'rows') return;
          next = ask({ kind: 'next' });
          // Whoever takes no more rows is not to hear of it.
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
    // A run that ends for another reason does not wait for it.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  /** @throws if there is no reply, or an error is. */
  async #ask(
    worker: Worker,
    request: ParquetRequest,
    patience: number,
  ): Promise<Exclude<ParquetReply, { kind: 'progress' | 'error' }>> {
    try {
      return await replyOf(worker, request, patience);
    } catch (error) {
      // A thread that was asked to read what is damaged may be in no state to read anything else.
      if (this.#worker === worker && !(error instanceof Refusal)) await this.close();
      throw error;
    }
  }
}

/** An error that the thread has survived. */
class Refusal extends Error {}

function replyOf(
  worker: Worker,
  request: ParquetRequest,
  patience: number,
): Promise<Exclude<ParquetReply, { kind: 'progress' | 'error' }>> {
  return new Promise((resolve, reject) => {
    let heard = performance.now();
    const timer = setInterval(
      () => {
        // What has come in the meantime is heard first: this thread may have been busy for long.
        setImmediate(() => {
          if (performance.now() - heard > patience)
            settle(() => reject(new Error('reading it does not end')));
        });
      },
      Math.min(patience / 4, 250),
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
        reject(isMemory ? new Error('it takes too much memory; write it with smaller row groups') : error);
      });
    const onExit = () => settle(() => reject(new Error('reading it ended at once')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  });
}
