import type { Labels, Table, Transformer } from '@churn/core';
import type { SearchData } from './pieces.js';

/** The training and the test part of a fold after some transforms, which learned from the training part alone. */
export interface Prepared {
  readonly train: Table;
  readonly test: Table;
}

const LIMIT_BYTES = 256 * 2 ** 20;

/** What transforms made of each fold, the least recently used forgotten where it would take too much memory. */
export class PreparedTables {
  readonly #kept = new Map<string, Prepared>();
  #bytes = 0;

  constructor(
    readonly data: SearchData,
    readonly limitBytes = LIMIT_BYTES,
  ) {}

  /** The parts of `fold` after `steps`, which the plan numbered `prefix`. */
  after(steps: readonly Transformer[], prefix: readonly number[], fold: number): Prepared {
    const { y, splits } = this.data;
    const labels = y.take(splits[fold].train);
    return this.#after(steps, prefix, fold, labels);
  }

  #after(steps: readonly Transformer[], prefix: readonly number[], fold: number, labels: Labels): Prepared {
    const key = `${fold}:${prefix[steps.length - 1] ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const prepared = this.#prepare(steps, prefix, fold, labels);
    this.#keep(key, prepared);
    return prepared;
  }

  #prepare(steps: readonly Transformer[], prefix: readonly number[], fold: number, labels: Labels): Prepared {
    const { x, splits } = this.data;
    if (steps.length === 0) return { train: x.take(splits[fold].train), test: x.take(splits[fold].test) };
    const before = this.#after(steps.slice(0, -1), prefix, fold, labels);
    const { fitted, output } = steps[steps.length - 1].fitTransform(before.train, labels);
    return { train: output, test: fitted.transform(before.test) };
  }

  #keep(key: string, prepared: Prepared): void {
    this.#kept.set(key, prepared);
    this.#bytes += bytesOf(prepared);
    for (const [oldest, tables] of this.#kept) {
      if (this.#bytes <= this.limitBytes || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= bytesOf(tables);
    }
  }
}

function bytesOf({ train, test }: Prepared): number {
  return 8 * (train.nRows * train.names.length + test.nRows * test.names.length);
}
