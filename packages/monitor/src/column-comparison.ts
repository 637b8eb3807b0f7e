import type { CategoryCounts } from './category-counts.js';
import { jensenShannon } from './distances/jensen-shannon.js';
import { psi } from './distances/psi.js';
import type { ColumnDrift, DriftTest, ShareDrift } from './drift-report.js';
import { ksStatisticOfCells, wassersteinOfCells } from './ecdf.js';
import { chiSquareTest } from './hypothesis-tests/chi-square-test.js';
import { fisherTest } from './hypothesis-tests/fisher-test.js';
import { asymptoticPValue } from './hypothesis-tests/ks-test.js';
import { type JoinedCells, joinDeciles, joinRare } from './joined-cells.js';
import type { NumericCounts } from './numeric-counts.js';
import type { ColumnCounts } from './profile-counts.js';

/** A test before it is corrected for the others of a report. */
export type Uncorrected = Omit<DriftTest, 'corrected'>;
type UncorrectedShare = Omit<ShareDrift, 'test'> & { readonly test: Uncorrected | null };

/** What a column alone tells. */
export interface ColumnComparison
  extends Pick<
    ColumnDrift,
    | 'name'
    | 'kind'
    | 'psi'
    | 'jensenShannon'
    | 'wasserstein'
    | 'normedWasserstein'
    | 'mean'
    | 'unseenLevels'
    | 'below'
    | 'above'
  > {
  readonly test: Uncorrected | null;
  readonly missing: UncorrectedShare;
  readonly unseen: UncorrectedShare | null;
  /** The share of unseen values that is to be expected of the rare levels of the reference. */
  readonly expectedUnseen: number;
  /** The Jensen-Shannon distance with missing values as a cell of their own. */
  readonly distance: number;
}

/** Compares new values of a column with its reference. */
export function compareColumn(counts: ColumnCounts): ColumnComparison {
  return counts.kind === 'numeric' ? compareNumbers(counts) : compareLevels(counts);
}

function compareNumbers(counts: NumericCounts): ColumnComparison {
  const { reference } = counts;
  const before = sum(reference.counts);
  const now = counts.values;
  const both = before > 0 && now > 0;
  const cells = joinDeciles(reference.counts, counts.counts);
  const statistic = both ? ksStatisticOfCells(reference, counts) : 0;
  const distance = both ? wassersteinOfCells(reference, counts) : null;
  return {
    name: reference.name,
    kind: 'numeric',
    ...figuresOf(cells, counts),
    wasserstein: distance,
    normedWasserstein: distance !== null && reference.sd > 0 ? distance / reference.sd : null,
    test: both
      ? { method: 'kolmogorov-smirnov', statistic, pValue: asymptoticPValue(statistic, before, now) }
      : null,
    mean: both ? { reference: reference.mean, current: counts.mean } : null,
    unseen: null,
    expectedUnseen: 0,
    unseenLevels: [],
    below: now > 0 ? counts.below / now : 0,
    above: now > 0 ? counts.above / now : 0,
  };
}

function compareLevels(counts: CategoryCounts): ColumnComparison {
  const { reference, unseen } = counts;
  const before = sum(reference.counts) + reference.others;
  const now = counts.values;
  const cells = joinRare(reference.counts, counts.counts, { reference: reference.others, current: unseen });
  // As many rows would not have been seen had they come later, one by one (I. J. Good, "The population frequencies of species", 1953).
  const single =
    reference.others > 0 ? reference.others : reference.counts.filter((count) => count === 1).length;
  const isTested = before > 0 && now > 0;
  const test = isTested && cells.reference.length > 1 ? chiSquareTest(cells.reference, cells.current) : null;
  return {
    name: reference.name,
    kind: 'category',
    ...figuresOf(cells, counts),
    wasserstein: null,
    normedWasserstein: null,
    test: test && { method: 'chi-square', statistic: test.statistic, pValue: test.pValue },
    mean: null,
    unseen: {
      reference: before > 0 ? reference.others / before : 0,
      current: now > 0 ? unseen / now : 0,
      test: isTested ? compareShares(single, before, unseen, now) : null,
    },
    expectedUnseen: before > 0 ? single / before : 0,
    unseenLevels: [...counts.unseenLevels].sort(([, a], [, b]) => b - a),
    below: 0,
    above: 0,
  };
}

/** What is told of the cells of any column. */
function figuresOf(cells: JoinedCells, { reference, missing, values }: ColumnCounts) {
  const before = sum(cells.reference);
  const both = before > 0 && values > 0;
  const rows = before + reference.missing;
  const rowsNow = values + missing;
  const all = rows > 0 && rowsNow > 0;
  return {
    psi: both ? psi(cells.reference, cells.current) : null,
    jensenShannon: both ? jensenShannon(cells.reference, cells.current) : null,
    distance: all ? jensenShannon([...cells.reference, reference.missing], [...cells.current, missing]) : 0,
    missing: {
      reference: rows > 0 ? reference.missing / rows : 0,
      current: rowsNow > 0 ? missing / rowsNow : 0,
      test: all ? compareShares(reference.missing, rows, missing, rowsNow) : null,
    },
  };
}

/** Where fewer are expected, the test is exact. */
const MANY = 50;

/** Tests whether some of `m` and of `n` rows are the same share; nothing where none of them are, or all. */
function compareShares(before: number, m: number, now: number, n: number): Uncorrected | null {
  const total = before + now;
  if (total === 0 || total === m + n) return null;
  const rarer = Math.min(total, m + n - total);
  if ((rarer * Math.min(m, n)) / (m + n) < MANY) {
    return { method: 'fisher', statistic: now / n - before / m, pValue: fisherTest(before, m, now, n) };
  }
  const { statistic, pValue } = chiSquareTest([before, m - before], [now, n - now]);
  return { method: 'chi-square', statistic, pValue };
}

function sum(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((total, count) => total + count, 0);
}
