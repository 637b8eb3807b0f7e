import {
  type FittedTransformer,
  inRawRows,
  refuseOverflow,
  type Table,
  type Target,
  type Transformer,
} from '@churn/core';
import type { SearchData } from './pieces.js';

/** The training and the test part of a fold after some transforms, which learned from the training part alone. */
export interface Prepared {
  readonly train: Table;
  readonly test: Table;
  /** What the transforms learned. */
  readonly steps: readonly FittedTransformer[];
}

/** Of each thread: to make a large table once more takes little beside the fits that it is for. */
const LIMIT_BYTES = 32 * 2 ** 20;

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
    const target = y.take(splits[fold].train);
    return this.#after(steps, prefix, fold, target, true);
  }

  /** @param isAsked whether it is not only what another is made of. */
  #after(
    steps: readonly Transformer[],
    prefix: readonly number[],
    fold: number,
    target: Target,
    isAsked: boolean,
  ): Prepared {
    const key = `${fold}:${prefix[steps.length - 1] ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const prepared = this.#prepare(steps, prefix, fold, target);
    // What is wide, such as products of all columns, is mostly made for a single table that is as wide.
    if (isAsked || prepared.train.names.length <= 2 * this.data.x.names.length) this.#keep(key, prepared);
    return prepared;
  }

  #prepare(steps: readonly Transformer[], prefix: readonly number[], fold: number, target: Target): Prepared {
    const { x, splits } = this.data;
    const { train, test } = splits[fold];
    if (steps.length === 0) return { train: x.take(train), test: x.take(test), steps: [] };
    const before = this.#after(steps.slice(0, -1), prefix, fold, target, false);
    const { fitted, output } = this.blamingRows(train, before.steps, () => {
      const learned = steps[steps.length - 1].fitTransform(before.train, target);
      refuseOverflow(before.train, learned.output);
      return learned;
    });
    const all = [...before.steps, fitted];
    return this.blamingRows(test, all, () => {
      const transformed = fitted.transform(before.test);
      refuseOverflow(before.test, transformed);
      return { train: output, test: transformed, steps: all };
    });
  }

  /** Does `work` on rows of the data after `steps`; an error tells the rows and columns of the data itself. */
  blamingRows<T>(rows: Int32Array, steps: readonly FittedTransformer[], work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw inRawRows(error, { x: this.data.x, rows, steps });
    }
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
