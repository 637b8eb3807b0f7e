import { ChurnError, integerParameter, type OptionsOf, readOptions, square, withDefault } from '@churn/core';
import { confidenceLevelParameter, type Estimate, normalEstimate } from '../confidence-level.js';
import type { OutcomeLike } from '../outcomes.js';
import { type RankedOutcomes, rankedOutcomes, type TreatedLike } from './ranked-outcomes.js';

const parameters = {
  /** The number of bins, at least 1, whose sizes differ by at most one. Default 10. */
  nBins: withDefault(integerParameter({ from: 1 }), 10),
  /** The confidence level of the intervals. Default 0.95. */
  confidenceLevel: confidenceLevelParameter(),
};

export type UpliftByQuantileOptions = OptionsOf<typeof parameters>;

/** The rows of one arm in a bin. */
export interface ArmFigures {
  readonly nRows: number;
  readonly meanOutcome: number;
}

/** A bin of rows by predicted uplift. */
export interface UpliftBin {
  /** The shares of rows before the bin and up to its end, by descending uplift: 0 and 0.1 for the first tenth. */
  readonly from: number;
  readonly to: number;
  readonly treated: ArmFigures;
  readonly control: ArmFigures;
  /** The mean predicted uplift. */
  readonly predicted: number;
  /** The mean outcome of the treated rows minus that of the control rows. */
  readonly uplift: Estimate;
}

/**
 * Predicted and observed uplift by quantile bins of the predicted uplift, the largest first; `uplift_by_percentile` of scikit-uplift. Standard
 * errors use the variance within each arm.
 *
 * @throws as `qiniCurve`; `invalid-data` if a bin has no treated or no control rows.
 */
export function upliftByQuantile(
  y: OutcomeLike,
  uplift: ArrayLike<number>,
  treated: TreatedLike,
  options?: UpliftByQuantileOptions,
): UpliftBin[] {
  const { nBins, confidenceLevel } = readOptions(parameters, options);
  const ranked = rankedOutcomes(y, uplift, treated);
  const n = ranked.outcomes.length;
  // The first bins get the remaining rows.
  const endOf = (bin: number) => bin * Math.floor(n / nBins) + Math.min(bin, n % nBins);
  return Array.from({ length: nBins }, (_, bin) => {
    const [start, end] = [endOf(bin), endOf(bin + 1)];
    const ofArm = (arm: number) => {
      const found = armFigures(ranked, start, end, arm);
      if (found.nRows > 0) return found;
      throw new ChurnError(
        'invalid-data',
        `bin ${bin + 1} of ${nBins}: expected ${arm === 1 ? 'treated' : 'control'} rows, got none; use fewer bins`,
      );
    };
    const [control, ofTreated] = [ofArm(0), ofArm(1)];
    const standardError = Math.sqrt(control.variance / control.nRows + ofTreated.variance / ofTreated.nRows);
    const predicted = ranked.uplift.subarray(start, end).reduce((sum, each) => sum + each, 0) / (end - start);
    return {
      from: start / n,
      to: end / n,
      treated: { nRows: ofTreated.nRows, meanOutcome: ofTreated.meanOutcome },
      control: { nRows: control.nRows, meanOutcome: control.meanOutcome },
      predicted,
      uplift: normalEstimate(ofTreated.meanOutcome - control.meanOutcome, standardError, confidenceLevel),
    };
  });
}

function armFigures(
  { outcomes, treated }: RankedOutcomes,
  start: number,
  end: number,
  arm: number,
): ArmFigures & { readonly variance: number } {
  const ofArm = outcomes.subarray(start, end).filter((_, i) => treated[start + i] === arm);
  const nRows = ofArm.length;
  const meanOutcome = ofArm.reduce((sum, outcome) => sum + outcome, 0) / nRows;
  const variance = ofArm.reduce((sum, outcome) => sum + square(outcome - meanOutcome), 0) / nRows;
  return { nRows, meanOutcome, variance };
}
