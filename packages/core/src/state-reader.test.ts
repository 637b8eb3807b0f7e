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
    ['a boolean', () => state.boolean('nothing'), 'Scaler: expected "nothing" to be true or false, got null'],
    [
      'one of several values',
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
  ])('expects %s, and otherwise names class and field', (_, read, message) => {
    expect(read).toThrow(failure(message));
  });

  it.each([[null], [[]], ['text'], [undefined], [() => 1]])('rejects %j as a state', (value) => {
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
])('%p accepts only matching values', (check, fitting, others) => {
  expect(fitting.filter((value: unknown) => !check(value))).toEqual([]);
  expect(others.filter((value: unknown) => check(value))).toEqual([]);
});

it('knows its own fields, not inherited ones', () => {
  const state = new StateReader('Thing', { there: null });
  expect(['there', 'absent', 'constructor'].map((key) => state.has(key))).toEqual([true, false, false]);
});

it('reads typed arrays, and names other values', () => {
  const state = new StateReader('Thing', { weights: packArray(Float64Array.of(1, -2.5)), damaged: 'AAA' });
  expect(state.packed('weights', Float64Array)).toEqual(Float64Array.of(1, -2.5));
  expect(() => state.packed('damaged', Int32Array)).toThrow(
    'Thing: expected "damaged" to be the base64 of a Int32Array, got "AAA"',
  );
  expect(() => state.packed('absent', Int32Array)).toThrow(
    'Thing: expected "absent" to be a value, got nothing',
  );
});

describe('StateReader rejects', () => {
  const state = new StateReader(
    'Thing',
    JSON.parse(`{
      "share": 1.5, "degree": 1e9, "half": 0.5, "few": [1, 2], "twice": ["a", "b", "a"], "one": ["a"], "equal": [1, 1],
      "label": {}, "column\\n": 1
    }`),
  );
  const packed = new StateReader('Thing', {
    nan: packArray(Float64Array.of(0, NaN)),
    infinite: packArray(Float32Array.of(Infinity)),
    two: packArray(Int32Array.of(1, -2)),
  });

  it.each<[string, () => unknown, string]>([
    [
      'a number out of range',
      () => state.number('share', { from: 0, to: 1 }),
      '"share" to be a number from 0 to 1, got 1.5',
    ],
    [
      'one at an open end',
      () => state.number('half', { above: 0.5 }),
      '"half" to be a number above 0.5, got 0.5',
    ],
    [
      'one above its end',
      () => state.number('half', { to: 0 }),
      '"half" to be a number of at most 0, got 0.5',
    ],
    [
      'a large integer',
      () => state.integer('degree', { from: 1, to: 100 }),
      '"degree" to be an integer from 1 to 100, got 1000000000',
    ],
    ['half of one', () => state.integer('half'), '"half" to be an integer, got 0.5'],
    ['a short list', () => state.numbers('few', { length: 3 }), '"few" to be a list of 3 numbers, got [1,2]'],
    [
      'a list of another type',
      () => state.numbers('few', { above: 1 }),
      '"few" to be a list of numbers above 1, got [1,2]',
    ],
    ['a duplicate name', () => state.names('twice'), '"twice" to be unique names, got ["a","b","a"]'],
    ['a single class', () => state.classes('one'), '"one" to be two or more classes, each once, got ["a"]'],
    [
      'a duplicate class',
      () => state.classes('equal'),
      '"equal" to be two or more classes, each once, got [1,1]',
    ],
    ['too many classes', () => state.classes('few', 1), '"few" to be 2 to 1 classes, each once, got [1,2]'],
    ['an invalid label', () => state.label('label'), '"label" to be a class label, got {}'],
    ['a line break in the name of a field', () => state.string('column\n'), '"column\\n" to be text, got 1'],
    [
      'a field that contradicts another',
      () => state.expect(false, 'few', 'one per column'),
      '"few" to be one per column, got [1,2]',
    ],
    [
      'a packed NaN',
      () => packed.packed('nan', Float64Array),
      '"nan" to be the base64 of finite numbers, got NaN',
    ],
    [
      'a packed infinity',
      () => packed.packed('infinite', Float32Array),
      '"infinite" to be the base64 of finite numbers, got Infinity',
    ],
    [
      'a packed number out of range',
      () => packed.packed('two', Int32Array, { from: 0 }),
      '"two" to be the base64 of finite numbers of at least 0, got -2',
    ],
    [
      'a packed array of another length',
      () => packed.packed('two', Int32Array, { length: 3 }),
      '"two" to be the base64 of 3 numbers, got 2',
    ],
  ])('%s', (_, read, message) => {
    expect(read).toThrow(failure(`Thing: expected ${message}`));
  });

  it('shortens values that are too long to show', () => {
    const deep = JSON.parse(`{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(() => new StateReader('Thing', deep).string('deep')).toThrow(
      failure('Thing: expected "deep" to be text, got a value nested too deep to be shown'),
    );
  });
});

it('reads values in range', () => {
  const state = new StateReader('Thing', {
    share: 1,
    degree: 3,
    list: [0, 1],
    names: ['a'],
    classes: [1, 'a'],
  });
  expect(state.number('share', { from: 0, to: 1 })).toBe(1);
  expect(state.integer('degree', { above: 2, to: 3 })).toBe(3);
  expect(state.numbers('list', { length: 2, from: 0 })).toEqual([0, 1]);
  expect(state.names('names')).toEqual(['a']);
  expect(state.classes('classes', 2)).toEqual([1, 'a']);
  expect(state.label('share')).toBe(1);
});
