import { type Boosted, BoostingRun, type BoostRows, type RunSettings } from './boosting-run.js';
import { roundsOfLeastLoss } from './early-stopping.js';

/** The boosting settings, for any loss. */
export interface BoostSettings extends RunSettings {
  /** The number of rounds, or the maximum number if rows are held out. */
  readonly nEstimators: number;
  /** The number of rounds without a lower held-out loss before stopping, and by how much a loss must be lower to count. */
  readonly nIterNoChange: number;
  readonly tolerance: number;
  /** Whether to refit on all rows once the best number of rounds is known. */
  readonly refit: boolean;
}

/**
 * Boosts trees to minimise a loss, for settings that differ only in the number of rounds.
 *
 * @param validation sets of rows whose loss determines when to stop; none to run all rounds.
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
