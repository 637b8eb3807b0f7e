import { Labels } from './labels.js';
import { TargetValues } from './target-values.js';

describe('TargetValues', () => {
  it('are one number per row, from any list', () => {
    const amounts = TargetValues.from([1.5, -2, 0]);
    expect(amounts.kind).toBe('values');
    expect(amounts.values).toEqual(Float64Array.of(1.5, -2, 0));
    expect(amounts).toHaveLength(3);
    expect(TargetValues.from(Float32Array.of(0.5)).values).toEqual(Float64Array.of(0.5));
    expect(TargetValues.from(amounts)).toBe(amounts);
    expect(TargetValues.from([]).values).toHaveLength(0);
  });

  it('can be taken by row', () => {
    expect(TargetValues.from([1, 2, 3]).take([2, 0, 2]).values).toEqual(Float64Array.of(3, 1, 3));
    expect(() => TargetValues.from([1]).take([1])).toThrow('rows: expected integers from 0 to 0, got 1');
  });

  it.each<[string, unknown, string]>([
    ['NaN', [1, NaN], 'row 1: expected a finite number, got null'],
    ['infinity', [Infinity], 'row 0: expected a finite number'],
    ['text', ['1'], 'row 0: expected a finite number, got "1"'],
    ['a missing value', [1, undefined], 'row 1: expected a finite number, got nothing'],
    ['labels', Labels.from([0, 1]), 'expected one number per row, got class labels'],
    ['nothing', undefined, 'expected one number per row, got undefined'],
    ['a number', 5, 'expected one number per row, got 5'],
  ])('reject %s', (_, values, message) => {
    expect(() => TargetValues.from(values as never)).toThrow(
      expect.objectContaining({ code: 'invalid-target', message: expect.stringContaining(message) }),
    );
  });
});

describe('Labels reject', () => {
  const many = Array.from({ length: 150 }, (_, row) => row);

  it.each<[string, unknown, RegExp]>([
    ['amounts', TargetValues.from([1, 2]), /expected labels, one per row, got numeric target values/],
    [
      'numbers with a fraction',
      [1, 2.5],
      /row 1 has 2.5; for regression use a regressor or TargetValues.from/,
    ],
    ['too many distinct numbers', many, /got 150 distinct numbers; for regression use a regressor/],
    ['nothing', undefined, /expected labels, one per row, got undefined/],
    ['null', null, /expected labels, one per row, got null/],
  ])('%s', (_, values, message) => {
    expect(() => Labels.from(values as never)).toThrow(
      expect.objectContaining({ code: 'invalid-target', message: expect.stringMatching(message) }),
    );
  });

  it('none of these if classes are named, or each has enough rows', () => {
    expect(Labels.from([0.5, 1.5, 0.5], [0.5, 1.5]).codes).toEqual(Int32Array.of(0, 1, 0));
    expect(Labels.from(many, many).classes).toHaveLength(150);
    expect(Labels.from([...many, ...many]).classes).toHaveLength(150);
  });
});
