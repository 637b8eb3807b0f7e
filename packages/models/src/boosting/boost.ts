import { type Boosted, BoostingRun, type BoostRows, type RunSettings } from './boosting-run.js';
import { roundsOfLeastLoss } from './early-stopping.js';

/** How trees are boosted, whatever the loss. */
export interface BoostSettings extends RunSettings {
  /** How many rounds, or how many at most where rows are held out. */
  readonly nEstimators: number;
  /** How many rounds without a lower loss of held-out rows are enough, and by how much a loss must be lower to count. */
  readonly nIterNoChange: number;
  readonly tolerance: number;
  /** Whether all rows are learned from once it is known how many rounds are best. */
  readonly refit: boolean;
}

/**
 * Boosts trees down a loss, by settings that differ in the number of rounds alone.
 *
 * @param validation sets of rows whose loss says when to stop; none where all rounds are wanted.
 */
export function boost(
  rows: BoostRows,
  group: readonly BoostSettings[],
  validation: readonly (readonly number[])[],
): Boosted[] {
  const [settings] = group;
  let nRounds = Math.max(...group.map(({ nEstimators }) => nEstimators));
  if (validation.length > 0) {
    const runs = validation.map((heldOut) => new BoostingRun(rows, settings, heldOut));
    try {
      nRounds = roundsOfLeastLoss(runs, nRounds, settings);
    } finally {
      for (const run of runs) run.close();
    }
    if (!settings.refit) return [runs[0].boosted(nRounds)];
  }
  const run = new BoostingRun(rows, settings);
  run.rounds(nRounds);
  return group.map(({ nEstimators }) => run.boosted(nEstimators));
}
