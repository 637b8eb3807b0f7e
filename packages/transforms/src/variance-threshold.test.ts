import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose, reference, referenceTable } from '../test/reference';
import { refusedStates } from '../test/refused-states';
import { VarianceThreshold } from './variance-threshold';

const x = Table.fromColumns({
  flat: [0.1, 0.1, 0.1],
  close: [1, 2, null],
  wide: [1, 20, 300],
  empty: Float64Array.of(NaN, NaN, NaN),
  kind: ['p', 'q', null],
});
const transformer = new VarianceThreshold({ threshold: 0.25 });

it.each(transformerConformance({ transformer, restorable: VarianceThreshold, x }))('$name', ({ run }) =>
  run(),
);

it('drops columns whose variance is not above the threshold', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(output.names).toEqual(['wide', 'empty', 'kind']);
  expect(fitted.state.variances).toMatchObject({ flat: 0, close: 0.25, empty: null });
  expect(fitted.describe()).toBe('VarianceThreshold: dropped "flat", "close", of variance up to 0.25');
  expect(new VarianceThreshold().fitTransform(x).output.names).toEqual(['close', 'wide', 'empty', 'kind']);
});

it('agrees with the squared scale of scikit-learn', () => {
  const { variances } = new VarianceThreshold().fit(referenceTable).state;
  for (const [name, { scale }] of Object.entries(reference.columns)) {
    if (name !== 'constant') expectClose(variances[name], scale ** 2);
  }
  expect(variances.constant).toBe(0);
});

it('rejects a threshold below 0', () => {
  expect(() => new VarianceThreshold({ threshold: -1 })).toThrow(
    'threshold: expected a number of at least 0, got -1',
  );
  const state = { threshold: -1, variances: {} };
  expect(() => VarianceThreshold.restore(new StateReader('VarianceThreshold', state))).toThrow('threshold');
});

it.each(
  refusedStates(
    VarianceThreshold,
    { threshold: 0, variances: { a: 1, b: null } },
    { threshold: [-1, '0'], variances: [{ a: 'x' }] },
  ),
)('$name', ({ run }) => run());

it('rejects a threshold that is not finite', () => {
  for (const threshold of [Infinity, NaN]) {
    expect(() => new VarianceThreshold({ threshold })).toThrow('threshold: expected a number of at least 0');
  }
});
