import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { categoryColumn, Table } from '@churn/core';
import type { NumericProfile } from './column-profile.js';
import { profile } from './profile.js';
import type { TableProfile } from './table-profile.js';

interface Figures {
  duplicates: number;
  numeric: [string, NumericFigures][];
  category: [string, { missing: number; distinct: number; top: [string, number][] }][];
  pearson: (number | null)[][];
  spearman: (number | null)[][];
  cramersV: (number | null)[][];
  correlationRatio: (number | null)[][];
}

interface NumericFigures {
  missing: number;
  distinct: number;
  mean: number | null;
  sd: number | null;
  skew: number | null;
  kurtosis: number | null;
  quantiles: (number | null)[];
  below: number;
  above: number;
  histogram: { counts: number[]; edges: number[] };
}

interface Reference {
  small: { name: string; columns: [string, (number | string | null)[]][]; figures: Figures }[];
  real: Figures & {
    identifiers: NumericFigures[];
    relations: [string, { auc: number; mutualInformation: number; bins: number[][] }][];
  };
}

const reference: Reference = JSON.parse(
  readFileSync(join(__dirname, '../../test/reference/profile.json'), 'utf8'),
);
const file = process.env.CHURN_REAL_DATA;
const itReal = file ? it : it.skip;
const why = file ? '' : ' (skipped: CHURN_REAL_DATA does not name the real file)';

it.each(reference.small)('agrees with pandas, numpy and scipy: $name', ({ columns, figures }) => {
  expectFigures(profile(Table.fromColumns(columns), { maxBins: 1000 }), figures);
});

itReal(`agrees with pandas, numpy, scipy and scikit-learn on the real file${why}`, () => {
  const { x, y } = readReal(file as string);
  const received = profile(x, {
    target: { name: 'Attrition_Flag', values: y, positive: 'Attrited Customer' },
    maxBins: 1000,
  });
  expectFigures(received, reference.real);
  expect(received.target?.relations.map(({ name }) => name)).toEqual(
    reference.real.relations.map(([name]) => name),
  );
  reference.real.relations.forEach(([, expected], i) => {
    const relation = received.target!.relations[i];
    expectNear(relation.auc, expected.auc);
    expectNear(relation.mutualInformation, expected.mutualInformation);
    const bins = relation.bins.map(({ rows, positives }) => [rows, positives]);
    expect(bins.sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual(expected.bins);
  });
});

itReal(`agrees on the identifiers of the real file, and warns of them${why}`, () => {
  const { identifiers } = readReal(file as string);
  const { columns, warnings } = profile(Table.fromColumns(identifiers), { maxBins: 1000 });
  expect(columns).toHaveLength(reference.real.identifiers.length);
  reference.real.identifiers.forEach((expected, i) => {
    expectNumeric(columns[i] as NumericProfile, expected);
  });
  const told = warnings.filter(({ code }) => code === 'id-like').map((each) => each.columns[0]);
  expect(told).toEqual(columns.map(({ name }) => name));
});

function expectFigures(received: TableProfile, expected: Figures) {
  expect(received.duplicateRows).toBe(expected.duplicates);
  const numbers = received.columns.filter((column) => column.kind === 'numeric');
  expect(numbers.map(({ name }) => name)).toEqual(expected.numeric.map(([name]) => name));
  expected.numeric.forEach(([, figures], i) => {
    expectNumeric(numbers[i], figures);
  });
  const categories = received.columns.filter((column) => column.kind === 'category');
  expect(
    categories.map(({ name, missing, distinct, top }) => [
      name,
      { missing, distinct, top: top.map(({ level, rows }) => [level, rows]) },
    ]),
  ).toEqual(expected.category);
  const { pearson, spearman, cramersV, correlationRatio } = received.correlations;
  expectMatrix(pearson.values, expected.pearson);
  expectMatrix(spearman.values, expected.spearman);
  expectMatrix(
    cramersV.values.map((row, i) => row.filter((_, j) => j !== i)),
    expected.cramersV,
  );
  expectMatrix(correlationRatio.values, expected.correlationRatio);
}

function expectNumeric(column: NumericProfile, figures: NumericFigures) {
  expect([column.missing, column.distinct]).toEqual([figures.missing, figures.distinct]);
  for (const figure of ['mean', 'sd', 'skew', 'kurtosis'] as const)
    expectNear(column[figure], figures[figure]);
  figures.quantiles.forEach((quantile, q) => {
    expectNear(column.quantiles[q], quantile);
  });
  expect([column.outliers.below, column.outliers.above]).toEqual([figures.below, figures.above]);
  expect(column.histogram.counts).toEqual(figures.histogram.counts);
  column.histogram.edges.forEach((edge, e) => {
    expectNear(edge, figures.histogram.edges[e]);
  });
}

function expectMatrix(
  received: readonly (readonly (number | null)[])[],
  expected: readonly (readonly (number | null)[])[],
) {
  expect(received.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  expected.forEach((row, i) => {
    row.forEach((value, j) => {
      expectNear(received[i][j], value);
    });
  });
}

/** Within 1e-9 of the larger, or of 1 for figures near 0 whose size is of no matter. */
function expectNear(received: number | null, expected: number | null) {
  if (received === null || expected === null) {
    expect(received).toBe(expected);
    return;
  }
  const isTiny = Math.abs(expected) < 1e-100 && expected !== 0;
  const scale = isTiny ? Math.abs(expected) : Math.max(1, Math.abs(expected));
  expect({ received, expected, isNear: Math.abs(received - expected) <= 1e-9 * scale }).toEqual({
    received,
    expected,
    isNear: true,
  });
}

/** The real file has no quoted fields and no missing ones. */
function readReal(path: string): { x: Table; y: string[]; identifiers: [string, Float64Array][] } {
  const [header, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const columns = header.map((name, j) => [name, rows.map((row) => row[j])] as const);
  const dropped = new Set(['', 'Unnamed: 0', 'CLIENTNUM', 'Attrition_Flag']);
  const x = columns
    .filter(([name]) => !dropped.has(name))
    .map(([name, cells]) => {
      const numbers = cells.map(Number);
      return [name, numbers.some(Number.isNaN) ? categoryColumn(cells) : Float64Array.from(numbers)] as const;
    });
  const identifiers = columns
    .filter(([name]) => dropped.has(name) && name !== 'Attrition_Flag')
    .map(([name, cells]): [string, Float64Array] => [name, Float64Array.from(cells, Number)]);
  return { identifiers, x: Table.fromColumns(x), y: columns.find(([name]) => name === 'Attrition_Flag')![1] };
}
