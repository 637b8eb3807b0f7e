import { Labels } from '@churn/core';
import { type ClassWeight, requireClassWeight, rowWeights } from './class-weight.js';

const labels = Labels.from(['a', 'b', 'b', 'b']);

describe('rowWeights', () => {
  it('is nothing where all rows weigh 1', () => {
    expect(rowWeights(labels, undefined)).toBeUndefined();
  });

  it('gives balanced classes the same total', () => {
    expect(rowWeights(labels, 'balanced')).toEqual(Float64Array.of(2, 2 / 3, 2 / 3, 2 / 3));
  });

  it('balances what the sample weights leave', () => {
    const sampleWeight = [3, 1, 1, 1];
    expect(rowWeights(labels, 'balanced', { sampleWeight })).toEqual(Float64Array.of(3, 1, 1, 1));
    expect(rowWeights(labels, 'balanced', { sampleWeight: [1, 1, 0, 0] })).toEqual(
      Float64Array.of(1, 1, 0, 0),
    );
  });

  it('gives the classes named their weight, and others 1', () => {
    expect(rowWeights(labels, { a: 5 }, { sampleWeight: [1, 2, 2, 2] })).toEqual(Float64Array.of(5, 2, 2, 2));
    const booleans = Labels.from([true, false]);
    expect(rowWeights(booleans, { true: 3, false: 2 })).toEqual(Float64Array.of(3, 2));
    expect(rowWeights(Labels.from(['__proto__', 'b']), { b: 2 })).toEqual(Float64Array.of(1, 2));
  });

  it('leaves a class without rows alone', () => {
    expect(rowWeights(Labels.from(['a', 'b'], ['a', 'b', 'c']), 'balanced')).toEqual(Float64Array.of(1, 1));
  });

  it('refuses a weight of what is not a class', () => {
    expect(() => rowWeights(labels, { c: 2 })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'classWeight: expected weights of the classes a, b, got one of "c"',
      }),
    );
  });
});

describe('requireClassWeight', () => {
  it.each([undefined, 'balanced', {}, { a: 1 }] as ClassWeight[])('takes %j', (classWeight) => {
    expect(() => requireClassWeight(classWeight)).not.toThrow();
  });

  it.each(['even', { a: 0 }, { a: -1 }, { a: NaN }, [1, 2], null, 3])('refuses %j', (classWeight) => {
    expect(() => requireClassWeight(classWeight as ClassWeight)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: expect.stringContaining('classWeight: '),
      }),
    );
  });
});
