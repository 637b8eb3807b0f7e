import { sampleWeights } from './sample-weights.js';

describe('sampleWeights', () => {
  it('returns the weights, or undefined without any', () => {
    expect(sampleWeights({}, 3)).toBeUndefined();
    expect(sampleWeights({ sampleWeight: [1, 0, 2.5] }, 3)).toEqual(Float64Array.of(1, 0, 2.5));
  });

  it('returns a copy', () => {
    const sampleWeight = Float64Array.of(1, 2);
    expect(sampleWeights({ sampleWeight }, 2)).not.toBe(sampleWeight);
  });

  it.each([
    [[1, 2], 'sampleWeight: expected a weight for each of 3 rows, got 2'],
    [[1, -1, 1], 'sampleWeight, row 1: expected a number of at least 0, got -1'],
    [[1, 1, Number.NaN], 'sampleWeight, row 2: expected a number of at least 0, got NaN'],
    [[Infinity, 1, 1], 'sampleWeight, row 0: expected a number of at least 0, got Infinity'],
    [[0, 0, 0], 'sampleWeight: expected a weight above 0 in at least one row, got 0 in all'],
  ])('rejects %j', (sampleWeight, message) => {
    expect(() => sampleWeights({ sampleWeight }, 3)).toThrow(
      expect.objectContaining({ code: 'invalid-data', message }),
    );
  });
});

it('reports misspelt option names, and ignores the options of others', () => {
  const weights = (options: object) => () => sampleWeights(options, 2);
  expect(weights({ sampleWeights: [1, 1] })).toThrow('sampleWeights: unknown; did you mean sampleWeight?');
  expect(weights([1, 1])).toThrow('options: expected an object such as { sampleWeight }');
  expect(weights({ positive: 'a' })()).toBeUndefined();
});
