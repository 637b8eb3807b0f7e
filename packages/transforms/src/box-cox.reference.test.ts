import { Table } from '@churn/core';
import reference from '../test/reference/box_cox.json';
import { Log1pTransformer } from './log1p-transformer';
import { MaxAbsScaler } from './max-abs-scaler';
import { MinMaxScaler } from './min-max-scaler';
import { PowerTransformer } from './power-transformer';
import { RobustScaler } from './robust-scaler';
import { StandardScaler } from './standard-scaler';

function expectNear(received: Float64Array, expected: readonly (number | null)[], tolerance: number) {
  expect(received).toHaveLength(expected.length);
  const size = Math.max(...expected.map((value) => Math.abs(value ?? 0)));
  expected.forEach((value, row) => {
    if (value === null) expect(received[row]).toBeNaN();
    else expect(Math.abs(received[row] - value)).toBeLessThanOrEqual(tolerance * size);
  });
}

describe.each(reference.cases)('"$name" agrees with scikit-learn', ({ values, lambda, boxCox, log1p }) => {
  const x = Table.fromColumns({ a: values });

  it('by Box-Cox', () => {
    const { fitted, output } = new PowerTransformer({ method: 'box-cox' }).fitTransform(x);
    expect(Math.abs(Number(fitted.state.lambdas.a) - lambda)).toBeLessThan(
      1e-6 * Math.max(1, Math.abs(lambda)),
    );
    // An error of 1e-6 in lambda moves the values by as much times their logarithm.
    expectNear(output.numeric('a'), boxCox, 1e-4);
  });

  it('by log1p', () => {
    expectNear(new Log1pTransformer().fitTransform(x).output.numeric('a'), log1p, 1e-14);
  });
});

it.each([new StandardScaler(), new MinMaxScaler(), new RobustScaler(), new MaxAbsScaler()])(
  'a column without values is unchanged, as in scikit-learn: %p',
  (scaler) => {
    const x = Table.fromColumns({ a: [null, null, null] });
    const name = scaler.constructor.name as keyof typeof reference.withoutValues;
    expectNear(scaler.fitTransform(x).output.numeric('a'), reference.withoutValues[name], 0);
  },
);
