import {
  ChurnError,
  numberParameter,
  type OptionsOf,
  oneOf,
  readOptions,
  required,
  withDefault,
} from '@churn/core';
import type { OutcomeLike } from '../outcomes.js';
import { rankedOutcomes, type TreatedLike } from './ranked-outcomes.js';

const parameters = {
  /** The share of rows to select, above 0 and below 1; or their number, at least 1. */
  k: required(numberParameter({ above: 0 })),
  /** Whether to select from all rows together, `'overall'` (default), or from each arm separately, `'by-group'`. */
  strategy: withDefault(oneOf(['overall', 'by-group']), 'overall'),
};

export type UpliftAtKOptions = OptionsOf<typeof parameters>;

/**
 * The uplift among the rows with the largest predicted uplift: the mean outcome of the treated rows minus that of the control rows;
 * `uplift_at_k` of scikit-uplift.
 *
 * @throws as `qiniCurve`; `invalid-data` if they include no treated or no control rows.
 */
export function upliftAtK(
  y: OutcomeLike,
  uplift: ArrayLike<number>,
  treated: TreatedLike,
  options: UpliftAtKOptions,
): number {
  const { k, strategy } = readOptions(parameters, options);
  const ranked = rankedOutcomes(y, uplift, treated);
  const nListed = (n: number) => Math.min(n, Math.floor(k < 1 ? k * n : k));
  const meanOfArm = (arm: number) => {
    const isListed = (_: number, i: number) => ranked.treated[i] === arm;
    const inArm = ranked.outcomes.filter(isListed);
    const listed =
      strategy === 'by-group'
        ? inArm.subarray(0, nListed(inArm.length))
        : ranked.outcomes.subarray(0, nListed(ranked.outcomes.length)).filter(isListed);
    if (listed.length === 0) {
      throw new ChurnError(
        'invalid-data',
        `upliftAtK: expected ${arm === 1 ? 'treated' : 'control'} rows among the first ${k}, got none`,
      );
    }
    return listed.reduce((sum, outcome) => sum + outcome, 0) / listed.length;
  };
  return meanOfArm(1) - meanOfArm(0);
}
