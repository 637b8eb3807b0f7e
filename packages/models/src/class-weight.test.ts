import { Labels } from '@churn/core';
import { classWeightParameter, rowWeights } from './class-weight.js';

const labels = Labels.from(['a', 'b', 'b', 'b']);

describe('rowWeights', () => {
  it('is undefined if all rows weigh 1', () => {
    expect(rowWeights(labels, null)).toBeUndefined();
  });

  it('assigns balanced classes equal totals', () => {
    expect(rowWeights(labels, 'balanced')).toEqual(Float64Array.of(2, 2 / 3, 2 / 3, 2 / 3));
  });

  it('balances the totals of sample weights', () => {
    const sampleWeight = [3, 1, 1, 1];
    expect(rowWeights(labels, 'balanced', { sampleWeight })).toEqual(Float64Array.of(3, 1, 1, 1));
    expect(rowWeights(labels, 'balanced', { sampleWeight: [1, 1, 0, 0] })).toEqual(
      Float64Array.of(1, 1, 0, 0),
    );
  });

  it('weights the named classes, and others by 1', () => {
    expect(rowWeights(labels, { a: 5 }, { sampleWeight: [1, 2, 2, 2] })).toEqual(Float64Array.of(5, 2, 2, 2));
    const booleans = Labels.from([true, false]);
    expect(rowWeights(booleans, { true: 3, false: 2 })).toEqual(Float64Array.of(3, 2));
    expect(rowWeights(Labels.from(['__proto__', 'b']), { b: 2 })).toEqual(Float64Array.of(1, 2));
  });

  it('ignores a class without rows', () => {
    expect(rowWeights(Labels.from(['a', 'b'], ['a', 'b', 'c']), 'balanced')).toEqual(Float64Array.of(1, 1));
  });

  it('rejects a weight of an unknown class', () => {
    expect(() => rowWeights(labels, { c: 2 })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'classWeight: expected weights of the classes a, b, got one of "c"',
      }),
    );
  });
});

describe('classWeightParameter', () => {
  const { accepts } = classWeightParameter();

  it.each([null, 'balanced', {}, { a: 1 }])('accepts %j', (classWeight) => {
    expect(accepts(classWeight)).toBe(true);
  });

  it.each(['even', { a: 0 }, { a: -1 }, { a: NaN }, [1, 2], undefined, 3])('rejects %j', (classWeight) => {
    expect(accepts(classWeight)).toBe(false);
  });
});
