import { percent } from '@churn/eda';
import type { Driver } from '../explanation/drivers.js';
import type { SurvivalReport } from '../training/training-report.js';
import { cautions } from './class-conclusions.js';
import { driverText } from './driver-text.js';
import { timeText } from './survival-text.js';

/** The conclusions about survival models, in plain words. */
export function survivalConclusions(
  { best, models, data, groups: { times, groups }, unit }: SurvivalReport,
  event: string,
  drivers: readonly Driver[],
): string[] {
  const { concordance, interval } = models[best].test;
  const inHundred = (share: number) => (100 * share).toFixed(1);
  return [
    `Of two rows, ${best} correctly ranks in which “${event}” occurs first ${inHundred(concordance)} times in 100 (concordance; 95% interval ${inHundred(interval[0])} to ${inHundred(interval[1])}), among ${data.test.toLocaleString('en')} rows that were not used in training.`,
    ...apart(groups, times, event, unit),
    ...driverText(drivers, 'the risk'),
    ...cautions(data.warnings.length),
  ];
}

/** Compares the groups of the highest and the lowest risk, at the last time for which both are observed. */
function apart(
  groups: SurvivalReport['groups']['groups'],
  times: readonly number[],
  event: string,
  unit: string | undefined,
): string[] {
  if (groups.length < 2) return [];
  const [lowest, highest] = [groups[0], groups[groups.length - 1]];
  const last = times.findLastIndex((_, i) => lowest.atRisk[i] > 0 && highest.atRisk[i] > 0);
  if (last < 0) return [];
  const [ofLowest, ofHighest] = [lowest, highest].map(({ survival }) => percent(1 - survival[last]));
  return [
    `After ${timeText(times[last], unit)}, “${event}” has occurred for ${ofHighest} of the rows with the highest risk and ${ofLowest} of those with the lowest risk.`,
  ];
}
