import { compareColumn } from './column-comparison.js';
import { NumericCounts } from './numeric-counts.js';
import type { NumericReference } from './numeric-reference.js';

/**
 * Adds to the reference of predictions how much those of other fits differ from them, at most.
 * @param others the held-out predictions of each model that was fitted on other rows; none add nothing.
 */
export function withOtherFits(
  reference: NumericReference,
  others: readonly ArrayLike<number>[],
): NumericReference {
  if (others.length === 0) return reference;
  const betweenFits = { psi: 0, shift: 0 };
  for (const predictions of others) {
    const counts = new NumericCounts(reference);
    for (let row = 0; row < predictions.length; row++) counts.add(predictions[row]);
    const { psi, normedWasserstein } = compareColumn(counts);
    betweenFits.psi = Math.max(betweenFits.psi, psi ?? 0);
    betweenFits.shift = Math.max(betweenFits.shift, normedWasserstein ?? 0);
  }
  return { ...reference, betweenFits };
}
