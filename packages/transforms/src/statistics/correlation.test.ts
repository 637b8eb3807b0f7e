import { Table } from '@churn/core';
import fc from 'fast-check';
import { expectClose } from '../../test/reference';
import reference from '../../test/reference/columns.json';
import { VarianceThreshold } from '../variance-threshold';
import { correlation } from './correlation';

type Figures = {
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
  readonly correlations: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  readonly variances_above: Readonly<Record<string, number | null>>;
};
const tables = Object.entries(reference.tables as unknown as Readonly<Record<string, Figures>>);

describe.each(tables)('of the table "%s"', (_, { columns, correlations, variances_above }) => {
  const x = Table.fromColumns(columns);

  it('agrees with pandas', () => {
    for (const a of x.names) {
      for (const b of x.names) {
        expectClose(correlation(x.numeric(a), x.numeric(b)), correlations[a][b]);
      }
    }
  });

  it('agrees with the variances of scikit-learn above the threshold', () => {
    const fitted = new VarianceThreshold({ threshold: 0.05 }).fit(x);
    const kept = fitted.transform(x);
    for (const [name, expected] of Object.entries(variances_above)) {
      const learned = fitted.state.variances[name];
      if (expected === null) expect(learned === null || !kept.has(name)).toBe(true);
      else expectClose(learned, expected);
    }
  });
});

it('is between -1 and 1, and symmetric', () => {
  const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: false, min: -1e9, max: 1e9 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 12 }), (pairs) => {
      const a = Float64Array.from(pairs, ([first]) => first);
      const b = Float64Array.from(pairs, ([, second]) => second);
      const r = correlation(a, b);
      expect(correlation(b, a)).toBe(r);
      expect(r === null || Math.abs(r) <= 1).toBe(true);
    }),
  );
});
