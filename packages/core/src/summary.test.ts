import { StateReader } from './state-reader.js';
import { restoreSummary, summaryOf } from './summary.js';
import { Table } from './table.js';

const x = Table.fromColumns({
  age: [20, null, 40, 60],
  plan: ['b', 'a', null, 'a'],
  empty: [null, null, null, null],
  huge: [1.7e308, 1.7e308, 1.7e308, 1.7e308],
});

describe('summaryOf', () => {
  it('contains means, ranges, levels by frequency and missing values', () => {
    expect(summaryOf(x.select(['age', 'plan', 'huge']))).toEqual({
      rows: 4,
      columns: [
        { name: 'age', kind: 'numeric', missing: 1, mean: 40, min: 20, max: 60 },
        {
          name: 'plan',
          kind: 'category',
          missing: 1,
          distinct: 2,
          levels: [
            ['a', 2],
            ['b', 1],
          ],
        },
        { name: 'huge', kind: 'numeric', missing: 0, mean: 1.7e308, min: 1.7e308, max: 1.7e308 },
      ],
    });
  });

  it('has no mean for a column without values, and one for infinite numbers', () => {
    const odd = Table.fromColumns({ none: [NaN, NaN], infinite: [Infinity, 1] });
    const [none, infinite] = summaryOf(odd).columns;
    expect(none).toMatchObject({ missing: 2, mean: null, min: null, max: null });
    expect(infinite).toMatchObject({ missing: 0, mean: null, min: 1, max: null });
  });

  it('keeps the ten thousand most frequent levels, and their total number', () => {
    const levels = Array.from({ length: 24_000 }, (_, i) => `level ${i % 12_000}`);
    const [column] = summaryOf(Table.fromColumns({ a: [...levels, 'level 11999'] })).columns;
    if (column.kind !== 'category') throw new Error('expected a category column');
    expect(column.distinct).toBe(12_000);
    expect(column.levels).toHaveLength(10_000);
    expect(column.levels.slice(0, 2)).toEqual([
      ['level 11999', 3],
      ['level 0', 2],
    ]);
  });
});

describe('restoreSummary', () => {
  const saved = () => JSON.parse(JSON.stringify({ summary: summaryOf(x) }));
  const restored = (state: object) => restoreSummary(new StateReader('Pipeline', state), 'summary');

  it('returns what was saved', () => {
    expect(restored(saved())).toEqual(summaryOf(x));
  });

  // biome-ignore lint/suspicious/noExplicitAny: a state to damage.
  it.each<[string, (summary: any) => void]>([
    [
      'rows',
      (s) => {
        s.rows = 0;
      },
    ],
    [
      'missing',
      (s) => {
        s.columns[0].missing = 5;
      },
    ],
    [
      'mean',
      (s) => {
        s.columns[0].mean = 'high';
      },
    ],
    [
      'kind',
      (s) => {
        s.columns[0].kind = 'date';
      },
    ],
    [
      'levels',
      (s) => {
        s.columns[1].levels = [['a', 0]];
      },
    ],
    [
      'distinct',
      (s) => {
        s.columns[1].distinct = 1;
      },
    ],
  ])('rejects a summary with an invalid %s', (field, damage) => {
    const state = saved();
    damage(state.summary);
    expect(() => restored(state)).toThrow(
      expect.objectContaining({ code: 'model-file', message: expect.stringContaining(`"${field}"`) }),
    );
  });
});
