import { type Estimate, policyValue, qiniAuc, qiniCurve, upliftAuc, upliftByQuantile } from '@churn/uplift';
import type { Config } from '../config/config.js';
import { resampledInterval, resamples } from '../training/resamples.js';
import type { ArmCounts, PolicyReport, UpliftModelReport, WithInterval } from './uplift-report.js';
import { armStrata, type UpliftRows } from './uplift-rows.js';

/** Rows of an experiment, and what models that have not learned from them say of each. */
export interface ScoredArms extends Pick<UpliftRows, 'stayed' | 'isTreated'> {
  /** By how much the treatment makes each likelier to stay. */
  readonly uplift: Float64Array;
}

/** Rows held out, with the probability of churn without treatment too. */
export interface TestedArms extends ScoredArms {
  readonly probabilities: Float64Array;
}

/** How many rows a quantile of predicted uplift has at least: of fewer, an interval tells nothing. */
const PART_ROWS = 40;
const MOST_PARTS = 10;

/** How well uplift was predicted, and what to make of it. @param trained what was said of training rows out of fold, by which the policy is chosen. */
export function evaluateUplift(
  trained: ScoredArms,
  tested: TestedArms,
  { seed }: Pick<Config, 'seed'>,
): Pick<UpliftModelReport, 'test' | 'effect' | 'qini' | 'upliftAuc' | 'parts' | 'policy'> {
  const { stayed, uplift, isTreated } = tested;
  const counts = armCounts(isTreated);
  const nBins = Math.max(
    1,
    Math.min(MOST_PARTS, Math.floor(Math.min(counts.treated, counts.control) / PART_ROWS)),
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

/** An area, with the interval of resamples in which each arm has as many of each class. */
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

/** Those from the uplift on from which more of the training rows are kept by treatment than lost. */
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

/** The uplift of the last row on the list whose treatment gains the most. */
function bestCut({ stayed, uplift, isTreated }: ScoredArms): number {
  const { nListed, values } = qiniCurve(stayed, uplift, isTreated);
  const best = values.indexOf(values.reduce((most, value) => Math.max(most, value), 0));
  if (best <= 0) return Infinity;
  return uplift.slice().sort()[uplift.length - nListed[best]];
}

export function shareTreated(isTreated: Uint8Array): number {
  return armCounts(isTreated).treated / isTreated.length;
}

/** The probability that each row stays, treated and not. */
function expectedOutcomes({ probabilities, uplift }: TestedArms) {
  const control = probabilities.map((p) => 1 - p);
  return { control, treated: control.map((stays, row) => stays + uplift[row]) };
}

function withInterval({ value, low, high }: Estimate): WithInterval {
  return { value, low, high };
}
