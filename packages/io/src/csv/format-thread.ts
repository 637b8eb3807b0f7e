import { Worker } from 'node:worker_threads';
import type { ColumnBlock, TableFormat } from './format-block.js';

/** A thread that formats blocks of a table in order. */
export class FormatThread {
  readonly #worker: Worker | undefined;
  readonly #waiting: { resolve(lines: Uint8Array): void; reject(error: unknown): void }[] = [];
  #end: unknown;

  constructor(format: TableFormat) {
    try {
      this.#worker = new Worker(new URL('./csv/format-worker.js', import.meta.url), { workerData: format });
      this.#worker.on('message', (lines: Uint8Array) => this.#waiting.shift()?.resolve(lines));
      this.#worker.on('error', (error) => this.#fail(error));
      this.#worker.on('exit', () => this.#fail(new Error('the thread has ended')));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The number of blocks not yet formatted. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Formats a block, whose memory is transferred.
   * @throws if the thread cannot start, or dies.
   */
  format(block: ColumnBlock): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#worker?.postMessage(
        block,
        block.map(({ buffer }) => buffer as ArrayBuffer),
      );
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #fail(error: unknown): void {
    this.#end ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
