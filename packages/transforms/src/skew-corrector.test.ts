import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose, reference, referenceTable } from '../test/reference';
import { refusedStates } from '../test/refused-states';
import { PowerTransformer } from './power-transformer';
import { SkewCorrector } from './skew-corrector';

const x = Table.fromColumns({
  skewed: [0, 0, 1, 90, null],
  even: [1, 2, 3, 4, 5],
  k: ['p', 'q', 'p', null, 'p'],
});

it.each(
  transformerConformance({ transformer: new SkewCorrector(), restorable: SkewCorrector, x, needs: 'skewed' }),
)('$name', ({ run }) => run());

it('transforms only skewed columns, like PowerTransformer', () => {
  const { fitted, output } = new SkewCorrector().fitTransform(x);
  expect(Object.keys(fitted.state.lambdas)).toEqual(['skewed']);
  expect(fitted.state.skews.even).toBe(0);
  expect(output.numeric('even')).toBe(x.numeric('even'));
  const powered = new PowerTransformer({ columns: ['skewed'] }).fitTransform(x).output;
  expect(output.numeric('skewed')).toEqual(powered.numeric('skewed'));
});

it('corrects skewness beyond the threshold, in either direction', () => {
  const both = Table.fromColumns({ right: [0, 0, 1], left: [0, 0, -1] });
  const corrected = (threshold: number) =>
    Object.keys(new SkewCorrector({ threshold }).fit(both).state.lambdas);
  expect(corrected(1.73)).toEqual(['right', 'left']);
  expect(corrected(1.74)).toEqual([]);
});

it('has no skewness of columns with fewer than three values', () => {
  const { state } = new SkewCorrector().fit(Table.fromColumns({ a: [1, 9, null] }));
  expect(state).toEqual({ skews: { a: null }, lambdas: {} });
});

it('rejects a threshold that is not a number of at least 0', () => {
  expect(() => new SkewCorrector({ threshold: -1 })).toThrow(
    'threshold: expected a number of at least 0, got -1',
  );
  expect(() => new SkewCorrector({ threshold: NaN })).toThrow('got NaN');
});

it('agrees with pandas and scikit-learn', () => {
  const { skews, lambdas } = new SkewCorrector({ columns: ['ties', 'gaps'] }).fit(referenceTable).state;
  expectClose(skews.ties, reference.columns.ties.skew);
  expectClose(skews.gaps, reference.columns.gaps.skew);
  expect(Object.keys(lambdas)).toEqual(['gaps']);
  expectClose(lambdas.gaps, reference.columns.gaps.lambda, 1e-6);
});

it.each(
  refusedStates(
    SkewCorrector,
    { skews: { a: 1, b: null }, lambdas: { a: 0.5 } },
    { skews: [{ a: '1' }], lambdas: [{ a: null }] },
  ),
)('$name', ({ run }) => run());

it.each([-1, NaN, Infinity])('rejects the threshold %d', (threshold) => {
  expect(() => new SkewCorrector({ threshold })).toThrow('threshold: expected a number of at least 0');
});

it('accepts the threshold 0', () => {
  expect(new SkewCorrector({ threshold: 0 }).threshold).toBe(0);
});
