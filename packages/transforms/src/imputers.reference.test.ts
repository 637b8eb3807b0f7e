import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, cellAt, columnOf, Table, type Transformer } from '@churn/core';
import { expectClose } from '../test/reference';
import { ConstantImputer } from './constant-imputer';
import { MeanImputer } from './mean-imputer';
import { MedianImputer } from './median-imputer';
import { ModeImputer } from './mode-imputer';

type Cells = Record<string, (number | string | null)[]>;
type Kind = 'numbers' | 'categories';
type Strategy = 'mean' | 'median' | 'most_frequent' | 'constant';

interface Reference {
  readonly numbers: string[];
  readonly categories: string[];
  readonly constants: Record<Kind, number | string>;
  readonly tables: Record<
    string,
    {
      readonly train: Cells;
      readonly test: Cells;
      readonly simple: {
        strategy: Strategy;
        kind: Kind;
        filled: Cells;
        indicators: Record<string, number[]>;
      }[];
      readonly grouped: { strategy: Strategy; kind: Kind; train: Cells; test: Cells }[];
    }
  >;
}

const reference: Reference = JSON.parse(
  readFileSync(join(__dirname, '../test/reference/imputers.json'), 'utf8'),
);

const cases = Object.entries(reference.tables).map(([name, figures]) => ({
  name,
  ...figures,
  train: tableOf(figures.train),
  test: tableOf(figures.test),
}));

describe.each(cases)('$name', ({ train, test, simple, grouped }) => {
  it.each(simple)(
    'agrees with SimpleImputer: $strategy of $kind',
    ({ strategy, kind, filled, indicators }) => {
      const options = { columns: reference[kind], addIndicator: true };
      const output = imputer(strategy, kind, options).fit(train).transform(test);
      for (const [name, values] of Object.entries(filled)) expectFilled(test, output, name, values);
      const added = Object.keys(indicators).map((name) => `${name}_missing`);
      expect(output.names.slice(test.names.length).sort()).toEqual(added.sort());
      for (const [name, ones] of Object.entries(indicators)) {
        const rows = Array.from({ length: test.nRows }, (_, row) => (ones.includes(row) ? 1 : 0));
        expect(Array.from(output.numeric(`${name}_missing`))).toEqual(rows);
      }
    },
  );

  it.each(grouped)('agrees with groupby of pandas: $strategy of $kind', ({ strategy, kind, ...expected }) => {
    const options = { columns: reference[kind], groupBy: 'group' };
    const { fitted, output } = imputer(strategy, kind, options).fitTransform(train);
    for (const [name, values] of Object.entries(expected.train)) expectFilled(train, output, name, values);
    const later = fitted.transform(test);
    for (const [name, values] of Object.entries(expected.test)) expectFilled(test, later, name, values);
  });
});

function tableOf(cells: Cells): Table {
  const isNumeric = (name: string) => reference.numbers.includes(name);
  return Table.fromColumns(
    Object.entries(cells).map(([name, values]: [string, readonly Cell[]]) => [
      name,
      columnOf(name, values, isNumeric(name) ? 'numeric' : 'category'),
    ]),
  );
}

function imputer(
  strategy: Strategy,
  kind: Kind,
  options: { columns: string[]; groupBy?: string; addIndicator?: boolean },
): Transformer {
  if (strategy === 'constant') return new ConstantImputer({ ...options, value: reference.constants[kind] });
  const Imputer = { mean: MeanImputer, median: MedianImputer, most_frequent: ModeImputer }[strategy];
  return new Imputer(options);
}

/** Expects the missing values of a column to be these, in order, and the others to be what they were. */
function expectFilled(
  before: Table,
  after: Table,
  name: string,
  values: readonly (number | string | null)[],
): void {
  let next = 0;
  for (let row = 0; row < before.nRows; row++) {
    const cell = cellAt(before.column(name), row);
    const received = cellAt(after.column(name), row);
    const expected = cell === null ? values[next++] : cell;
    if (typeof received === 'number' && typeof expected === 'number') expectClose(received, expected, 1e-13);
    else expect(received).toBe(expected);
  }
  expect(next).toBe(values.length);
}
