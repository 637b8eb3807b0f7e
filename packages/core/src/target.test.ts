import { Labels } from './labels.js';
import { requireTargetPerRow, targetFor } from './target.js';
import { TargetValues } from './target-values.js';

describe('targetFor', () => {
  it("reads a plain list as the target of the model's role", () => {
    expect(targetFor('classifier', [0, 1, 0])).toEqual(Labels.from([0, 1, 0]));
    expect(targetFor('regressor', [0, 1, 0])).toEqual(TargetValues.from([0, 1, 0]));
    expect(targetFor('transformer', ['a', 'b'])).toEqual(Labels.from(['a', 'b']));
  });

  it('keeps a target unchanged, and undefined for a transformer without one', () => {
    const [labels, amounts] = [Labels.from([0, 1]), TargetValues.from([0, 1])];
    expect(targetFor('classifier', labels)).toBe(labels);
    expect(targetFor('regressor', amounts)).toBe(amounts);
    expect(targetFor('transformer', amounts)).toBe(amounts);
    expect(targetFor('transformer', undefined)).toBeUndefined();
  });

  it('rejects a target of another kind, or none', () => {
    expect(() => targetFor('classifier', TargetValues.from([1]) as never)).toThrow(
      'got numeric target values',
    );
    expect(() => targetFor('regressor', Labels.from([1]) as never)).toThrow('got class labels');
    expect(() => targetFor('classifier', undefined as never)).toThrow(
      'expected labels, one per row, got undefined',
    );
  });
});

it('requireTargetPerRow reports the expected and actual numbers', () => {
  expect(() => requireTargetPerRow({ nRows: 2 }, TargetValues.from([1]))).toThrow(
    'expected 2 values, one per row, got 1',
  );
  expect(() => requireTargetPerRow({ nRows: 1 }, Labels.from([0, 1]))).toThrow(
    'expected 1 labels, one per row, got 2',
  );
  requireTargetPerRow({ nRows: 1 }, Labels.from([1]));
});
