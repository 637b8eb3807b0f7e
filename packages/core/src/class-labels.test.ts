import { classLabels, twoClassLabels } from './class-labels.js';
import { Labels, type LabelsLike } from './labels.js';

const refusal = (message: string) => expect.objectContaining({ code: 'invalid-target', message });

describe('classLabels', () => {
  it('returns labels of two or more classes, also if one has no rows', () => {
    expect(classLabels(['b', 'a', 'c']).classes).toEqual(['a', 'b', 'c']);
    expect(classLabels(Labels.from(['a', 'b'], ['a', 'b', 'c'])).classes).toEqual(['a', 'b', 'c']);
  });

  it.each<[LabelsLike, string]>([
    [[], 'no rows'],
    [['a', 'a'], 'one (a)'],
    [Labels.from(['a'], ['a', 'b']), 'one (a)'],
  ])('rejects %j', (y, received) => {
    expect(() => classLabels(y)).toThrow(refusal(`expected rows of two or more classes, got ${received}`));
  });

  it('reports a wrong number of labels before their classes', () => {
    expect(() => classLabels(['a'], { nRows: 2 })).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: 'expected 2 labels, one per row, got 1' }),
    );
  });
});

describe('twoClassLabels', () => {
  it('returns labels of two classes', () => {
    expect(twoClassLabels(['b', 'a']).classes).toEqual(['a', 'b']);
  });

  it.each<[LabelsLike, string]>([
    [[], '0 (no rows)'],
    [['a', 'a'], '1 (a)'],
    [[1, 2, 3], '3 (1, 2, 3)'],
    [Labels.from(['a'], ['a', 'b']), '1 (a)'],
    [Array.from({ length: 12 }, (_, i) => i), '12 (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)'],
  ])('rejects %j', (y, received) => {
    expect(() => twoClassLabels(y)).toThrow(refusal(`expected rows of two classes, got ${received}`));
  });

  it('rejects three classes of which two have rows', () => {
    expect(() => twoClassLabels(Labels.from(['a', 'b'], ['a', 'b', 'c']))).toThrow(
      refusal('expected rows of two classes, got 3 (a, b, c)'),
    );
  });
});
