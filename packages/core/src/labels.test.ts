import fc from 'fast-check';
import { type ClassLabel, Labels, type LabelsLike } from './labels.js';

const refusal = (message: string) => expect.objectContaining({ code: 'invalid-target', message });

describe('Labels', () => {
  it.each<[string, LabelsLike, ClassLabel[]]>([
    ['numbers by size', [10, 9, -1, 10], [-1, 9, 10]],
    ['text by code unit', ['b', 'a', 'B', 'a'], ['B', 'a', 'b']],
    ['false before true', [true, false], [false, true]],
    ['typed arrays', Uint8Array.of(1, 0, 1), [0, 1]],
  ])('sorts %s', (_, values, classes) => {
    const labels = Labels.from(values);
    expect(labels.classes).toEqual(classes);
    expect(labels.toArray()).toEqual(Array.from(values as ArrayLike<ClassLabel>));
  });

  it('returns the original labels', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constant('__proto__'))), (values) => {
        expect(Labels.from(values).toArray()).toEqual(values);
      }),
    );
  });

  it('keeps the order of the given classes, also of one without rows', () => {
    const labels = Labels.from(['stays', 'leaves'], ['stays', 'pauses', 'leaves']);
    expect([...labels.codes]).toEqual([0, 2]);
    expect(labels.counts()).toEqual([1, 0, 1]);
  });

  it('accepts labels unchanged', () => {
    const labels = Labels.from([1, 0]);
    expect(Labels.from(labels)).toBe(labels);
  });

  it('reorders labels by the given classes', () => {
    const labels = Labels.from(Labels.from(['no', 'yes', 'no']), ['yes', 'no']);
    expect(labels).toMatchObject({ classes: ['yes', 'no'], codes: Int32Array.of(1, 0, 1) });
    expect(() => Labels.from(Labels.from(['maybe']), ['yes', 'no'])).toThrow(/row 0 has the label "maybe"/);
  });

  it('takes rows in the given order and keeps all classes', () => {
    const taken = Labels.from(['a', 'b', 'c']).take([2, 2, 0]);
    expect(taken.toArray()).toEqual(['c', 'c', 'a']);
    expect(taken.classes).toEqual(['a', 'b', 'c']);
    expect(taken.length).toBe(3);
  });

  it.each<[string, unknown[], ClassLabel[] | undefined, string]>([
    ['null', ['a', null], undefined, 'row 1 has no label'],
    ['undefined', [undefined, 1], undefined, 'row 0 has no label'],
    ['NaN', [1, 0, NaN], undefined, 'row 2 has no label'],
    ['null if classes are given', ['a', null], ['a', 'b'], 'row 1 has no label'],
    [
      'a class that was not given',
      ['a', 'c'],
      ['a', 'b'],
      'row 1 has the label "c", expected one of ["a","b"]',
    ],
    ['mixed kinds', ['a', 1], undefined, 'labels mix number and string; use one type of label'],
    ['a class given twice', ['a'], ['a', 'b', 'a'], 'the class "a" was given twice'],
  ])('rejects %s', (_, values, classes, message) => {
    expect(() => Labels.from(values as ClassLabel[], classes)).toThrow(refusal(message));
  });
});

describe('the positive class', () => {
  it('is the last of two, whatever their sorted order', () => {
    const { classes, codes } = Labels.from(['left', 'stayed', 'left'], { positive: 'left' });
    expect(classes).toEqual(['stayed', 'left']);
    expect([...codes]).toEqual([1, 0, 1]);
    expect(Labels.from([0, 1], { positive: 1 }).classes).toEqual([0, 1]);
    expect(Labels.from(Labels.from([0, 1]), { positive: 0 }).classes).toEqual([1, 0]);
    expect(Labels.from(['a'], { classes: ['a', 'b'], positive: 'a' }).classes).toEqual(['b', 'a']);
  });

  it.each<[string[], string]>([
    [['a', 'b'], 'c'],
    [['a', 'b', 'c'], 'a'],
  ])('of %j cannot be %s', (values, positive) => {
    expect(() => Labels.from(values, { positive })).toThrow(
      expect.objectContaining({
        code: 'invalid-target',
        message: expect.stringContaining('positive: expected one of two classes'),
      }),
    );
  });
});

describe('the positive class', () => {
  it.each<[string, Labels, ClassLabel | undefined]>([
    ['of booleans is true', Labels.from([true, false]), true],
    ['of 0 and 1 is 1', Labels.from([1, 0, 1]), 1],
    ['of -1 and 1 is 1', Labels.from([1, -1]), 1],
    ['of texts is unknown', Labels.from(['stayed', 'left']), undefined],
    ['of other numbers is unknown', Labels.from([1, 2]), undefined],
    ['is the named one', Labels.from(['stayed', 'left'], { positive: 'left' }), 'left'],
    ['may sort last', Labels.from(['stayed', 'left'], { positive: 'stayed' }), 'stayed'],
    ['is the last of two in a given order', Labels.from(['left'], ['stayed', 'left']), 'left'],
    ['of one class is unknown', Labels.from([1, 1]), undefined],
    ['of three classes is unknown', Labels.from(['a', 'b', 'c'], ['c', 'a', 'b']), undefined],
    ['is kept if rows are taken', Labels.from(['b', 'a'], { positive: 'a' }).take([1, 1]), 'a'],
    ['stays unknown if rows are taken', Labels.from(['b', 'a']).take([1]), undefined],
  ])('%s', (_, labels, positive) => {
    expect(labels.positive).toBe(positive);
    expect(Labels.from(labels).positive).toBe(positive);
    if (positive !== undefined) expect(labels.classes[1]).toBe(positive);
  });
});
