import { addScaled } from '../linear/loss.js';
import { sampleRows } from '../linear/row-sample.js';
import type { Derivatives, TallRows } from '../linear/tall-rows.js';
import { TweedieLoss, type TweedieRows } from './tweedie-loss.js';

/** Numbers of a block, which stay in the cache from the scores to the gradient. */
const BLOCK = 2 ** 15;

/** The derivatives of half the Tweedie deviance of many rows, for a power from 1 to 2, if it is convex. */
export class TallTweedieRows implements TallRows {
  readonly length: number;
  readonly size: number;
  readonly #power: number;
  readonly #rows: TweedieRows;
  readonly #blocks: readonly TweedieLoss[];

  constructor(power: number, rows: TweedieRows) {
    this.length = rows.y.length;
    this.size = rows.columns.length;
    this.#power = power;
    this.#rows = rows;
    this.#blocks = blocksOf(rows).map((block) => new TweedieLoss(power, block));
  }

  get gradientAtZero(): Float64Array {
    return this.at(new Float64Array(this.size), false).gradient;
  }

  at(w: Float64Array, withHessian: boolean): Derivatives {
    const all = Array.from(w.keys());
    const gradient = new Float64Array(this.size);
    const hessian = withHessian ? new Float64Array(this.size * this.size) : undefined;
    for (const block of this.#blocks) {
      const z = block.scores(w);
      addScaled(gradient, 1, block.gradient(z));
      if (hessian) addScaled(hessian, 1, block.hessian(z, all, 0));
    }
    return { gradient, hessian };
  }

  sample(): TallTweedieRows {
    const { columns, y, weights, offset } = this.#rows;
    return new TallTweedieRows(this.#power, {
      columns: columns.map(sampleRows),
      y: sampleRows(y),
      weights: sampleRows(weights),
      offset,
    });
  }

  close(): void {}
}

function blocksOf({ columns, y, weights, offset }: TweedieRows): TweedieRows[] {
  const length = Math.max(1, Math.floor(BLOCK / columns.length));
  return Array.from({ length: Math.ceil(y.length / length) }, (_, block) => {
    const part = (values: Float64Array) => values.subarray(block * length, (block + 1) * length);
    return { columns: columns.map(part), y: part(y), weights: part(weights), offset };
  });
}
