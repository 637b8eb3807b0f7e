import { ChurnError } from '@churn/core';

/** Thresholds are counted in millionths, which are integers. */
export const STEPS = 1_000_000;
/** No more thresholds than about these are kept. */
const MAX_THRESHOLDS = 2000;
/** Thresholds of so many decimals are exact where not all are kept. */
const GRID = 1000;

/** How many rows, and how many of those to find, have a score at or above each threshold. */
export interface ThresholdCounts {
  /** In millionths, descending. */
  readonly thresholds: readonly number[];
  readonly called: readonly number[];
  readonly found: readonly number[];
  readonly rows: number;
  /** How many of the rows are to be found. */
  readonly positives: number;
}

/**
 * Counts what each threshold calls. All distinct scores are thresholds, rounded down to a millionth; of more than 2,000, all that end a
 * thousandth are kept, with others evenly spaced between them and that of the threshold in use.
 *
 * @param scores probabilities of the class to find.
 * @param isPositive 1 for each row of that class, 0 for others.
 * @throws `invalid-data` if there are no rows, the lengths differ, or a score is not a number from 0 to 1.
 */
export function thresholdCounts(
  scores: ArrayLike<number>,
  isPositive: ArrayLike<number>,
  inUse: number,
): ThresholdCounts {
  if (scores.length === 0 || scores.length !== isPositive.length) {
    throw new ChurnError(
      'invalid-data',
      `thresholdCounts: expected as many scores as rows, and one at least, got ${scores.length} and ${isPositive.length}`,
    );
  }
  const wrong = Array.from(scores).findIndex((score) => !(score >= 0 && score <= 1));
  if (wrong >= 0) {
    throw new ChurnError(
      'invalid-data',
      `thresholdCounts: expected scores from 0 to 1, got ${scores[wrong]} at place ${wrong}`,
    );
  }
  const steps = Array.from(scores, (score) => Math.floor(score * STEPS));
  const order = steps.map((_, i) => i).sort((i, j) => steps[j] - steps[i]);
  const points: { threshold: number; called: number; found: number }[] = [];
  let found = 0;
  order.forEach((i, place) => {
    found += isPositive[i];
    if (place + 1 === order.length || steps[order[place + 1]] < steps[i])
      points.push({ threshold: steps[i], called: place + 1, found });
  });
  const kept = keptPoints(points, Math.floor(inUse * STEPS));
  return {
    thresholds: kept.map(({ threshold }) => threshold),
    called: kept.map(({ called }) => called),
    found: kept.map(({ found }) => found),
    rows: order.length,
    positives: found,
  };
}

function keptPoints<P extends { readonly threshold: number }>(points: readonly P[], inUse: number): P[] {
  if (points.length <= MAX_THRESHOLDS) return [...points];
  const cell = ({ threshold }: P) => Math.floor((threshold * GRID) / STEPS);
  const every = Math.ceil(points.length / (MAX_THRESHOLDS - GRID));
  return points.filter((point, i) => {
    const next = points[i + 1];
    if (next === undefined || i % every === 0 || cell(next) < cell(point)) return true;
    return point.threshold >= inUse && next.threshold < inUse;
  });
}
