import { schemaOf, Table } from '@churn/core';
import { Binner } from './binner';
import { Log1pTransformer } from './log1p-transformer';
import { MaxAbsScaler } from './max-abs-scaler';
import { MeanImputer } from './mean-imputer';
import { MedianImputer } from './median-imputer';
import { MinMaxScaler } from './min-max-scaler';
import { PowerTransformer } from './power-transformer';
import { QuantileTransformer } from './quantile-transformer';
import { RobustScaler } from './robust-scaler';
import { SkewCorrector } from './skew-corrector';
import { StandardScaler } from './standard-scaler';
import { Winsorizer } from './winsorizer';

const values = [1, 2, null, 4, 1000, 3, 2];
const x = Table.fromColumns({ a: values, b: values });

it.each(
  [
    Binner,
    Log1pTransformer,
    MaxAbsScaler,
    MeanImputer,
    MedianImputer,
    MinMaxScaler,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    SkewCorrector,
    StandardScaler,
    Winsorizer,
  ].map((Each) => [Each.type, new Each({ columns: ['b'] }), new Each()] as const),
)('%s changes only the chosen columns, in a table and in a row', (_, chosen, all) => {
  const { fitted, output } = chosen.fitTransform(x);
  expect(output.numeric('a')).toEqual(x.numeric('a'));
  expect(output.numeric('b')).not.toEqual(x.numeric('b'));
  expect(output.numeric('b')).toEqual(all.fitTransform(x).output.numeric('b'));
  const [a, b] = fitted.compileRow(schemaOf(x)).apply([1000, 1000]);
  expect(a).toBe(1000);
  expect(fitted.transform(Table.fromColumns({ a: [1000], b: [1000] })).numeric('b')[0]).toBe(b);
});
