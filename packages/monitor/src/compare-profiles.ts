import { ChurnError, numberParameter, type OptionsOf, readOptions, recordOf, withDefault } from '@churn/core';
import { type ColumnComparison, compareColumn } from './column-comparison.js';
import type { ColumnDrift, DriftReason, DriftReport, DriftTest } from './drift-report.js';
import { holm } from './hypothesis-tests/holm.js';
import { isSameReference, type ProfileCounts, predictedNumbers } from './profile-counts.js';
import type { ReferenceProfile } from './reference-profile.js';
import type { Uncorrected } from './share-test.js';

const parameters = {
  /** The probability of any false alarm, between 0 and 1. Default 0.05. */
  significance: withDefault(numberParameter({ above: 0, below: 1 }), 0.05),
  /** The minimum population stability index for an alert. Default 0.1. */
  minPsi: withDefault(numberParameter({ from: 0 }), 0.1),
  /** The minimum change in the share of missing values for an alert. Default 0.05. */
  minMissing: withDefault(numberParameter({ from: 0 }), 0.05),
  /** The minimum share of unseen levels for an alert, beyond the expected share. Default 0.05. */
  minUnseen: withDefault(numberParameter({ from: 0 }), 0.05),
  /**
   * The Wasserstein distance, in standard deviations of the reference, from which on a shift of the model's predictions matters. Default
   * 0.1. A model that was refitted on more rows may be more certain of rows with probabilities near 0 or 1: their deciles change, and with
   * them the stability index, while the probabilities hardly do.
   */
  minScoreShift: withDefault(numberParameter({ from: 0 }), 0.1),
  /** The feature importances of the model, by column; other columns have importance 0. */
  importances: recordOf(numberParameter({ from: 0 })),
};

export type DriftOptions = OptionsOf<typeof parameters>;
/** The number of times that a difference between fits is exceeded once predictions have drifted. */
const FITS = 2;

type Limits = Required<Pick<DriftOptions, 'significance' | 'minPsi' | 'minMissing' | 'minUnseen'>> & {
  /** In standard deviations of the reference. */
  readonly minShift: number;
};

/**
 * Compares new rows with a reference: each column, and the predictions of the model if both have them.
 *
 * Each column is tested for its distribution, its share of missing values and, if categorical, unseen levels. It raises an alert if a test is
 * significant after correction for all tests of the report *and* the difference is large enough to matter: the former keeps false alarms
 * rare with many columns, the latter prevents alerts over tiny differences with many rows. If the reference of the predictions knows how much
 * they differ between fits, twice as much is required of them.
 *
 * @param counts of the same reference.
 * @throws `invalid-parameter` if an option is invalid, or the counts are based on another reference.
 */
export function compareProfiles(
  reference: ReferenceProfile,
  counts: ProfileCounts,
  options?: DriftOptions,
): DriftReport {
  const { importances, minScoreShift, ...limits } = readOptions(parameters, options);
  if (!isSameReference(reference, counts.reference)) {
    throw new ChurnError('invalid-parameter', 'counts: expected counts of the same reference, got others');
  }
  const ofColumns = counts.columns.map(compareColumn);
  const predicted = predictedNumbers(counts);
  const ofScores = predicted.map(compareColumn);
  const all = [...ofColumns, ...ofScores];
  const tests = all.flatMap(({ test, missing, unseen }) =>
    [test, missing.test, unseen?.test].filter((each) => each !== null && each !== undefined),
  );
  const corrected = new Map(holm(tests.map(({ pValue }) => pValue)).map((value, i) => [tests[i], value]));
  const correct = (test: Uncorrected | null): DriftTest | null =>
    test && { ...test, corrected: corrected.get(test) as number };
  const driftOf = (each: ColumnComparison, importance: number | null, enough: Limits): ColumnDrift => {
    const { expectedUnseen, distance, ...others } = each;
    const test = correct(each.test);
    const missing = { ...each.missing, test: correct(each.missing.test) };
    const unseen = each.unseen && { ...each.unseen, test: correct(each.unseen.test) };
    const reasons = reasonsOf({ ...others, test, missing, unseen }, expectedUnseen, enough);
    const weight = distance * (importance ?? 1);
    return { ...others, isAlert: reasons.length > 0, reasons, test, missing, unseen, importance, weight };
  };
  const importanceOf = (name: string) => {
    if (importances === undefined) return null;
    return Object.hasOwn(importances, name) ? importances[name] : 0;
  };
  const columns = ofColumns.map((each) => driftOf(each, importanceOf(each.name), { ...limits, minShift: 0 }));
  columns.sort((a, b) => Number(b.isAlert) - Number(a.isAlert) || b.weight - a.weight);
  const scores = ofScores.map((each, i) => {
    const { psi, shift } = predicted[i].reference.betweenFits ?? { psi: 0, shift: 0 };
    const minPsi = Math.max(limits.minPsi, FITS * psi);
    const minShift = Math.max(minScoreShift, FITS * shift);
    return driftOf(each, null, { ...limits, minPsi, minShift });
  });
  return {
    rows: { reference: reference.rows, current: counts.rows },
    significance: limits.significance,
    tests: tests.length,
    isAlert: [...columns, ...scores].some(({ isAlert }) => isAlert),
    alerts: columns.filter(({ isAlert }) => isAlert).map(({ name }) => name),
    columns,
    scores,
  };
}

function reasonsOf(
  {
    psi,
    normedWasserstein,
    test,
    missing,
    unseen,
  }: Pick<ColumnDrift, 'psi' | 'normedWasserstein' | 'test' | 'missing' | 'unseen'>,
  expectedUnseen: number,
  { significance, minPsi, minMissing, minUnseen, minShift }: Limits,
): DriftReason[] {
  const isSignificant = (each: DriftTest | null | undefined) => !!each && each.corrected <= significance;
  const reasons: DriftReason[] = [];
  const isLarge = psi !== null && psi >= minPsi && (normedWasserstein ?? Infinity) >= minShift;
  if (isSignificant(test) && isLarge) reasons.push('distribution');
  if (isSignificant(missing.test) && Math.abs(missing.current - missing.reference) >= minMissing) {
    reasons.push('missing');
  }
  if (unseen && isSignificant(unseen.test) && unseen.current - expectedUnseen >= minUnseen)
    reasons.push('unseen');
  return reasons;
}
