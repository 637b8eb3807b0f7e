import type { CategoryCounts } from './category-counts.js';
import { jensenShannon } from './distances/jensen-shannon.js';
import { psi } from './distances/psi.js';
import type { ColumnDrift, ShareDrift } from './drift-report.js';
import { ksStatisticOfCells, wassersteinOfCells } from './ecdf.js';
import { chiSquareTest } from './hypothesis-tests/chi-square-test.js';
import { asymptoticPValue } from './hypothesis-tests/ks-test.js';
import { type JoinedCells, joinDeciles, joinRare } from './joined-cells.js';
import type { NumericCounts } from './numeric-counts.js';
import type { ColumnCounts } from './profile-counts.js';
import { shareTest, type Uncorrected } from './share-test.js';
import { sum } from './sum.js';
import { unseenLevels } from './unseen-levels.js';

type UncorrectedShare = Omit<ShareDrift, 'test'> & { readonly test: Uncorrected | null };

/** The comparison of a single column, before the correction for multiple tests. */
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
  /** The share of unseen values expected without drift. */
  readonly expectedUnseen: number;
  /** The Jensen-Shannon distance with missing values as an additional cell. */
  readonly distance: number;
}

/** Compares the new values of a column with its reference. */
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
    ...figuresOf(cells, before, counts),
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
  const rare = unseenLevels(reference, unseen, now);
  const isTested = before > 0 && now > 0;
  const test = isTested && cells.reference.length > 1 ? chiSquareTest(cells.reference, cells.current) : null;
  return {
    name: reference.name,
    kind: 'category',
    ...figuresOf(cells, before, counts),
    wasserstein: null,
    normedWasserstein: null,
    test: test && { method: 'chi-square', statistic: test.statistic, pValue: test.pValue },
    mean: null,
    unseen: {
      reference: before > 0 ? reference.others / before : 0,
      current: now > 0 ? unseen / now : 0,
      test: rare.test,
    },
    expectedUnseen: rare.expected,
    unseenLevels: [...counts.unseenLevels].sort(([, a], [, b]) => b - a),
    below: 0,
    above: 0,
  };
}

/** Statistics for columns of either kind. */
function figuresOf(cells: JoinedCells, before: number, { reference, missing, values }: ColumnCounts) {
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
      test: all ? shareTest(reference.missing, rows, missing, rowsNow) : null,
    },
  };
}
