import { FittedPipeline } from './fitted-pipeline.js';
import { Pipeline } from './pipeline.js';
import { seenValues } from './seen-values.js';
import { summaryOf, type TableSummary } from './summary.js';
import { Table } from './table.js';

const seenIn = (summary: TableSummary | undefined, dates: readonly string[] = []) =>
  seenValues(
    new FittedPipeline(
      [...dates].map((name) => ({ name, kind: 'category' })),
      [{ dates }] as never,
      undefined,
      summary,
    ),
  );

it('knows all levels of a category column, and the range of a numeric one', () => {
  const x = Table.fromColumns({ plan: ['b', 'a', null, 'a'], age: [20, NaN, 40, 60] });
  const seen = seenValues(new Pipeline([]).fit(x));
  expect([...seen]).toEqual([
    ['plan', { kind: 'category', levels: new Set(['a', 'b']) }],
    // Five widths of 40 on either side.
    ['age', { kind: 'numeric', min: 20, max: 60, low: -180, high: 260 }],
  ]);
});

it('uses the magnitude of a number as the width of an empty range', () => {
  const x = Table.fromColumns({ negative: [-2, -2], zero: [0, 0] });
  expect(seenIn(summaryOf(x))).toEqual(
    new Map([
      ['negative', { kind: 'numeric', min: -2, max: -2, low: -12, high: 8 }],
      ['zero', { kind: 'numeric', min: 0, max: 0, low: -5, high: 5 }],
    ]),
  );
});

it('considers no number extreme if the range is that of all numbers', () => {
  const x = Table.fromColumns({ a: [-1.7e308, 1.7e308] });
  expect(seenIn(summaryOf(x)).get('a')).toMatchObject({ low: -Infinity, high: Infinity });
});

it('leaves out dates, empty columns, truncated lists of levels, and files without a summary', () => {
  const x = Table.fromColumns({ joined: ['2024-02-29', '2024-03-01'], none: [NaN, NaN], plan: ['a', 'b'] });
  expect([...seenIn(summaryOf(x), ['joined']).keys()]).toEqual(['plan']);
  const cut = { name: 'plan', kind: 'category', missing: 0, distinct: 101, levels: [['a', 7]] } as const;
  expect(seenIn({ rows: 300, columns: [cut] }).size).toBe(0);
  expect(seenIn(undefined).size).toBe(0);
});
