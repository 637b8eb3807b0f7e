import { categoryColumn, mean } from '@churn/core';
import fc from 'fast-check';
import { groupModes, groupStatistics } from './group-statistics';
import { mode, modeLevel } from './statistics/mode';
import { quantiles } from './statistics/quantile';

const statistics = {
  mean,
  median: (values: Float64Array) => quantiles(values, [0.5])[0],
  mode,
  sum: (values: Float64Array) => values.reduce((sum, value) => sum + value, 0),
};
const levels = fc.option(fc.constantFrom('a', 'b', 'c', '__proto__', '1', ''), { nil: null });
const numbers = fc.option(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -1e9, max: 1e9 })), {
  nil: NaN,
});

it('computes a statistic of each level, ignoring missing values', () => {
  const group = categoryColumn(['b', 'a', 'b', null, 'b', 'c']);
  const values = Float64Array.of(1, 10, 3, 1000, NaN, NaN);
  expect(groupStatistics(values, group, mean)).toEqual([
    ['b', 2],
    ['a', 10],
  ]);
});

it.each(Object.entries(statistics))('agrees with %s of the rows of each level', (_, statistic) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(levels, numbers)), (rows) => {
      const group = categoryColumn(rows.map(([level]) => level));
      const values = Float64Array.from(rows, ([, value]) => value);
      const expected = group.levels.flatMap((level) => {
        const own = rows
          .filter(([l, value]) => l === level && !Number.isNaN(value))
          .map(([, value]) => value);
        return own.length > 0 ? [[level, statistic(Float64Array.from(own))]] : [];
      });
      expect(groupStatistics(values, group, statistic)).toEqual(expected);
    }),
  );
});

it('finds the mode of each level like modeLevel on its rows', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(levels, levels)), (rows) => {
      const group = categoryColumn(rows.map(([level]) => level));
      const column = categoryColumn(rows.map(([, level]) => level));
      const expected = group.levels.flatMap((level) => {
        const own = rows.filter(([l]) => l === level).map(([, value]) => value);
        const expectedMode = modeLevel(categoryColumn(own));
        return expectedMode === null ? [] : [[level, expectedMode]];
      });
      expect(groupModes(column, group)).toEqual(expected);
    }),
  );
});
