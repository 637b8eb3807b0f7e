import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Table, TargetValues } from '@churn/core';
import { meanInterval } from './mean-interval.js';
import { profile } from './profile.js';
import type { ValueRelation } from './value-relation.js';

interface Reference {
  maxLevels: number;
  y: number[];
  columns: [string, (number | string | null)[]][];
  relations: (Omit<ValueRelation, 'bins'> & {
    bins: { rows: number; mean: number; interval: [number, number] | null; box: number[] }[];
  })[];
  tQuantiles: [degrees: number, quantile: number][];
}

const reference: Reference = JSON.parse(
  readFileSync(join(__dirname, '../../test/reference/amounts.json'), 'utf8'),
);
const { y, maxLevels } = reference;
const table = Table.fromColumns(
  reference.columns.map(([name, cells]) =>
    cells.some((cell) => typeof cell === 'number')
      ? ([name, Float64Array.from(cells, numberOf)] as const)
      : ([name, cells as (string | null)[]] as const),
  ),
);

function numberOf(cell: number | string | null): number {
  return cell === 'inf' ? Infinity : cell === '-inf' ? -Infinity : Number(cell ?? NaN);
}

describe('columns and a numeric target', () => {
  const { target } = profile(table, { target: { name: 'value', values: y }, maxLevels });
  const relations = target!.relations;

  it.each(reference.relations)('$name agrees with pandas, scipy and others', (expected) => {
    const received = relations.find(({ name }) => name === expected.name)!;
    for (const figure of [
      'pearson',
      'spearman',
      'etaSquared',
      'epsilonSquared',
      'mutualInformation',
    ] as const) {
      expectNear(received[figure], expected[figure]);
    }
    expect(received.bins.map(({ rows }) => rows)).toEqual(expected.bins.map(({ rows }) => rows));
    expected.bins.forEach(({ mean, interval, box }, i) => {
      const bin = received.bins[i];
      expectNear(bin.mean, mean);
      // The t quantile is right to 3e-8.
      expectNear(bin.interval?.[0] ?? null, interval?.[0] ?? null, 1e-7);
      expectNear(bin.interval?.[1] ?? null, interval?.[1] ?? null, 1e-7);
      const { low, q1, median, q3, high } = bin.box;
      [low, q1, median, q3, high].forEach((value, k) => {
        expectNear(value, box[k]);
      });
    });
  });

  it('are plain JSON, with the statistics of the target', () => {
    expect(JSON.parse(JSON.stringify(target))).toEqual(target);
    expect(target).toMatchObject({ kind: 'values', name: 'value', values: { name: 'value', missing: 0 } });
    expect(target!.values.quantiles[0]).toBe(Math.min(...y));
  });

  it('omit unknown names, and a column named like the target', () => {
    const plain = profile(table, { target: TargetValues.from(y), maxLevels });
    expect(plain.target?.name).toBeNull();
    expect(plain.target?.relations).toEqual(relations);
    const left = profile(table, { target: { name: 'age', values: y } });
    expect(left.target?.relations.map(({ name }) => name)).not.toContain('age');
  });

  it('use the sampled rows', () => {
    const drawn = profile(table, { target: { name: 'value', values: y }, sampleRows: 100 }).target!;
    for (const { bins } of drawn.relations) expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(100);
    expect(drawn.relations[0].bins).not.toEqual(relations[0].bins);
  });

  it('are rejected if target values are missing, infinite, constant or too few', () => {
    const tried = (values: number[]) => () => profile(table, { target: { name: 'value', values } });
    expect(tried(y.map((value, row) => (row === 5 ? NaN : value)))).toThrow(
      'row 5: expected a finite number',
    );
    expect(tried(y.map(() => 7))).toThrow('expected values that differ, got 7 in all rows');
    expect(tried(y.slice(1))).toThrow('expected 240 values, one per row, got 239');
  });
});

it.each(reference.tQuantiles)(
  'the interval of a mean has the t quantile of %i degrees of freedom',
  (degrees, quantile) => {
    const n = degrees + 1;
    const [low, high] = meanInterval(0, Math.sqrt(n), n)!;
    expectNear(high, quantile, 5e-8);
    expect(low).toBe(-high);
  },
);

/** Within `tolerance` of the larger, or of 1 for figures near 0. */
function expectNear(received: number | null, expected: number | null, tolerance = 1e-9) {
  const isNear =
    received === null || expected === null
      ? received === expected
      : Math.abs(received - expected) <= tolerance * Math.max(1, Math.abs(expected));
  expect({ received, expected, isNear }).toEqual({ received, expected, isNear: true });
}
