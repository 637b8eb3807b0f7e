import { packArray } from './packed-array.js';
import {
  isBoolean,
  isClassLabel,
  isNumber,
  isNumberOrNull,
  isNumberRecord,
  isPlainObject,
  isString,
  StateReader,
} from './state-reader.js';

const state = new StateReader(
  'Scaler',
  JSON.parse(`{
    "factor": 1.5, "column": "age", "centred": false, "method": "box-cox", "nothing": null,
    "names": ["a", "b"], "means": { "__proto__": 1, "b": 2 }, "inner": { "depth": 1 }, "steps": [{ "n": 1 }, { "n": 2 }]
  }`),
);
const failure = (message: string) => expect.objectContaining({ code: 'model-file', message });

describe('StateReader', () => {
  it('reads fields of each type', () => {
    expect(state.number('factor')).toBe(1.5);
    expect(state.string('column')).toBe('age');
    expect(state.boolean('centred')).toBe(false);
    expect(state.oneOf('method', ['box-cox', 'yeo-johnson'])).toBe('box-cox');
    expect(state.get('nothing')).toBeNull();
    expect(state.list('names', isString)).toEqual(['a', 'b']);
    expect(Object.entries(state.record('means', isNumber))).toEqual([
      ['__proto__', 1],
      ['b', 2],
    ]);
    expect(state.child('inner').number('depth')).toBe(1);
    expect(state.children('steps').map((step) => step.number('n'))).toEqual([1, 2]);
  });

  it.each<[string, () => unknown, string]>([
    ['a number', () => state.number('column'), 'Scaler: expected "column" to be a number, got "age"'],
    ['text', () => state.string('factor'), 'Scaler: expected "factor" to be text, got 1.5'],
    [
      'a truth value',
      () => state.boolean('nothing'),
      'Scaler: expected "nothing" to be true or false, got null',
    ],
    [
      'one of some values',
      () => state.oneOf('method', ['log', 'none']),
      'Scaler: expected "method" to be one of ["log","none"], got "box-cox"',
    ],
    [
      'a list',
      () => state.list('names', isNumber),
      'Scaler: expected "names" to be a list that passes isNumber, got ["a","b"]',
    ],
    [
      'a list, not an object',
      () => state.list('inner', isNumber),
      'Scaler: expected "inner" to be a list that passes isNumber, got {"depth":1}',
    ],
    [
      'an object of values',
      () => state.record('means', isString),
      'Scaler: expected "means" to be an object whose values pass isString, got {"__proto__":1,"b":2}',
    ],
    [
      'an object of values, not a list',
      () => state.record('names', isString),
      'Scaler: expected "names" to be an object whose values pass isString, got ["a","b"]',
    ],
    [
      'a state',
      () => state.child('names'),
      'Scaler.names: expected its state to be an object, got ["a","b"]',
    ],
    [
      'states',
      () => state.children('names'),
      'Scaler: expected "names" to be a list that passes isPlainObject, got ["a","b"]',
    ],
    [
      'a field of a child',
      () => state.child('inner').get('x'),
      'Scaler.inner: expected "x" to be a value, got nothing',
    ],
    [
      'a field of one in a list',
      () => state.children('steps')[1].string('n'),
      'Scaler.steps[1]: expected "n" to be text, got 2',
    ],
    [
      'a field of its own',
      () => state.get('toString'),
      'Scaler: expected "toString" to be a value, got nothing',
    ],
  ])('expects %s and names class and field where it is not', (_, read, message) => {
    expect(read).toThrow(failure(message));
  });

  it.each([[null], [[]], ['text'], [undefined], [() => 1]])('refuses %j as a state', (value) => {
    expect(() => new StateReader('Scaler', value)).toThrow(
      /^Scaler: expected its state to be an object, got /,
    );
  });

  it('shows only the start of a long value', () => {
    const long = new StateReader('Scaler', { names: 'x'.repeat(1000) });
    expect(() => long.number('names')).toThrow(
      failure(`Scaler: expected "names" to be a number, got "${'x'.repeat(59)}`),
    );
  });
});

it.each([
  [isNumber, [0, -1.5], [NaN, Infinity, '1', null]],
  [isNumberOrNull, [0, null], [NaN, undefined, '1']],
  [isString, ['', 'a'], [1, null]],
  [isBoolean, [true, false], [0, 'true', null]],
  [isPlainObject, [{}, { a: 1 }], [null, [], 'a']],
  [isNumberRecord, [{}, { a: 1 }], [{ a: '1' }, { a: null }, [1], null]],
  [isClassLabel, ['a', 1, false], [null, NaN, {}, []]],
])('%p tells what it is named for from the rest', (check, fitting, others) => {
  expect(fitting.filter((value: unknown) => !check(value))).toEqual([]);
  expect(others.filter((value: unknown) => check(value))).toEqual([]);
});

it('knows which fields there are, none of them inherited', () => {
  const state = new StateReader('Thing', { there: null });
  expect(['there', 'absent', 'constructor'].map((key) => state.has(key))).toEqual([true, false, false]);
});

it('reads typed arrays, and names what is not one', () => {
  const state = new StateReader('Thing', { weights: packArray(Float64Array.of(1, -2.5)), damaged: 'AAA' });
  expect(state.packed('weights', Float64Array)).toEqual(Float64Array.of(1, -2.5));
  expect(() => state.packed('damaged', Int32Array)).toThrow(
    'Thing: expected "damaged" to be the base64 of a Int32Array, got "AAA"',
  );
  expect(() => state.packed('absent', Int32Array)).toThrow(
    'Thing: expected "absent" to be a value, got nothing',
  );
});
