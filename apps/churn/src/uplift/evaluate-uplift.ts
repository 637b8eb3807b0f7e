import { type Estimate, policyValue, qiniAuc, qiniCurve, upliftAuc, upliftByQuantile } from '@churn/uplift';
import type { Config } from '../config/config.js';
import { resampledInterval, resamples } from '../training/resamples.js';
import type { ArmCounts, PolicyReport, UpliftModelReport, WithInterval } from './uplift-report.js';
import { armStrata, type UpliftRows } from './uplift-rows.js';

/** Rows of an experiment, with predictions of models not fitted on them. */
export interface ScoredArms extends Pick<UpliftRows, 'stayed' | 'isTreated'> {
  /** The increase of each row's probability to stay by the treatment. */
  readonly uplift: Float64Array;
}

/** Held-out rows, also with the probability of churn without treatment. */
export interface TestedArms extends ScoredArms {
  readonly probabilities: Float64Array;
}

/** The minimum number of rows per quantile of predicted uplift, for a useful interval. */
const PART_ROWS = 40;
const MAX_PARTS = 10;

/**
 * Evaluates uplift predictions, and the policy based on them. @param trained the out-of-fold predictions for training rows, which determine
 * the policy.
 */
export function evaluateUplift(
  trained: ScoredArms,
  tested: TestedArms,
  { seed }: Pick<Config, 'seed'>,
): Pick<UpliftModelReport, 'test' | 'effect' | 'qini' | 'upliftAuc' | 'parts' | 'policy'> {
  const { stayed, uplift, isTreated } = tested;
  const counts = armCounts(isTreated);
  const nBins = Math.max(
    1,
    Math.min(MAX_PARTS, Math.floor(Math.min(counts.treated, counts.control) / PART_ROWS)),
  );
  const [all] = upliftByQuantile(stayed, uplift, isTreated, { nBins: 1 });
  return {
    test: counts,
    effect: withInterval(all.uplift),
    qini: areaOf(qiniAuc, tested, seed),
    upliftAuc: areaOf(upliftAuc, tested, seed),
    parts: upliftByQuantile(stayed, uplift, isTreated, { nBins }),
    policy: policyOf(trained, tested),
  };
}

export function armCounts(isTreated: Uint8Array): ArmCounts {
  const treated = isTreated.reduce((sum, arm) => sum + arm, 0);
  return { treated, control: isTreated.length - treated };
}

/** An area with its bootstrap interval, stratified by arm and class. */
function areaOf(area: typeof qiniAuc, { stayed, uplift, isTreated }: ScoredArms, seed: number): WithInterval {
  const { estimate, low, high } = resampledInterval(
    armStrata({ stayed, isTreated }),
    (_, rows) => {
      const [y, scores, arms] = [stayed, uplift, isTreated].map((column) =>
        Float64Array.from(rows, (row) => column[row]),
      );
      return area(y, scores, arms);
    },
    { seed, stratified: true, nResamples: resamples(stayed.length, 300) },
  );
  return { value: estimate, low, high };
}

/** The policy: treat rows with at least the uplift that is best on training rows. */
function policyOf(trained: ScoredArms, tested: TestedArms): PolicyReport {
  const from = bestCut(trained);
  const policy = Array.from(tested.uplift, (each) => Number(each >= from));
  const { isTreated, stayed } = tested;
  const nTreated = policy.filter((each) => each === 1).length;
  const nobody = policy.map(() => 0);
  const worth = (whom: readonly number[]) =>
    policyValue(stayed, isTreated, whom, {
      propensity: shareTreated(isTreated),
      predicted: expectedOutcomes(tested),
      baseline: nobody,
    });
  return {
    share: trained.uplift.filter((each) => each >= from).length / trained.uplift.length,
    from,
    treated: nTreated,
    gain: worth(policy),
    ofAll: worth(policy.map(() => 1)),
  };
}

/** The uplift at which treating the rows above it gains the most. */
function bestCut({ stayed, uplift, isTreated }: ScoredArms): number {
  const { nListed, values } = qiniCurve(stayed, uplift, isTreated);
  const best = values.indexOf(values.reduce((most, value) => Math.max(most, value), 0));
  if (best <= 0) return Infinity;
  return uplift.slice().sort()[uplift.length - nListed[best]];
}

export function shareTreated(isTreated: Uint8Array): number {
  return armCounts(isTreated).treated / isTreated.length;
}

/** The probability of each row to stay, treated and untreated. */
function expectedOutcomes({ probabilities, uplift }: TestedArms) {
  const control = probabilities.map((p) => 1 - p);
  return { control, treated: control.map((stays, row) => stays + uplift[row]) };
}

function withInterval({ value, low, high }: Estimate): WithInterval {
  return { value, low, high };
}
