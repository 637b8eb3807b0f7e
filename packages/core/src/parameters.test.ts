import {
  booleanParameter,
  callback,
  integerParameter,
  listOf,
  numberParameter,
  type OptionsOf,
  oneOf,
  orNull,
  type Parameter,
  parameter,
  readOptions,
  recordOf,
  required,
  withDefault,
  withGrid,
} from './parameters.js';

const definition = {
  nEstimators: withDefault(integerParameter({ from: 1 }), 100),
  C: withDefault(numberParameter({ above: 0 }), 1),
  penalty: withDefault(oneOf(['l1', 'l2']), 'l2'),
  maxDepth: withDefault(orNull(integerParameter({ from: 1 })), null),
  solver: orNull(oneOf(['newton', 'lbfgs'])),
  columns: listOf(oneOf(['a', 'b'])),
  monotone: recordOf(oneOf([-1, 0, 1])),
  bootstrap: withDefault(booleanParameter(), true),
  onWarning: callback<(message: string) => void>(),
};
const parameterOf = <V>(value: V): Parameter<V> => parameter('it', (each): each is V => each === value);
const read = (options: unknown) => readOptions(definition, options);

describe('readOptions', () => {
  it('fills in defaults, also for undefined, and omits options without one', () => {
    const defaults = { nEstimators: 100, C: 1, penalty: 'l2', maxDepth: null, bootstrap: true };
    expect(read(undefined)).toEqual(defaults);
    expect(read({ C: 2, penalty: undefined, columns: ['a'] })).toEqual({ ...defaults, C: 2, columns: ['a'] });
  });

  it.each<[string, unknown, string]>([
    ['another type', { C: '1' }, 'C: expected a number above 0, got "1"'],
    ['a number out of range', { C: 0 }, 'C: expected a number above 0, got 0'],
    ['NaN', { C: NaN }, 'C: expected a number above 0, got NaN'],
    ['a part', { nEstimators: 1.5 }, 'nEstimators: expected an integer of at least 1, got 1.5'],
    ['null', { nEstimators: null }, 'nEstimators: expected an integer of at least 1, got null'],
    ['another choice', { penalty: 'l3' }, 'penalty: expected one of l1, l2, got "l3"'],
    ['a misspelt choice', { solver: 'newtn' }, 'got "newtn"; did you mean newton?'],
    ['text for either', { maxDepth: '3' }, 'maxDepth: expected an integer of at least 1 or null, got "3"'],
    [
      'a list with an invalid element',
      { columns: ['a', 'c'] },
      'columns: expected a list, each item one of a, b',
    ],
    ['an object with an invalid value', { monotone: { a: 2 } }, 'monotone: expected an object, each value'],
    ['text for a flag', { bootstrap: 'false' }, 'bootstrap: expected true or false, got "false"'],
    ['anything but a function', { onWarning: 'log' }, 'onWarning: expected a function, got "log"'],
    ['a misspelt name', { nEstimator: 5 }, 'nEstimator: unknown; did you mean nEstimators?'],
    ['another letter', { k: 5 }, 'k: unknown; the options are nEstimators, C, penalty'],
    ['another case', { c: 5 }, 'c: unknown; did you mean C?'],
    ['an unknown name', { gamma: 5 }, 'gamma: unknown; the options are nEstimators, C, penalty'],
    ['a name of an object property', { constructor: 5 }, 'constructor: unknown; the options are nEstimators'],
    ['anything but an object', 5, 'options: expected an object of parameters by name, got 5'],
    ['a list', [1], 'options: expected an object of parameters by name, got [1]'],
    ['null for options', null, 'options: expected an object of parameters by name, got null'],
  ])('rejects %s', (_, options, message) => {
    expect(() => read(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it('copies lists and objects deeply', () => {
    const columns = ['a' as const];
    const settings = read({ columns });
    columns.push('a');
    expect(settings.columns).toEqual(['a']);
    const nested = { levels: recordOf(listOf(oneOf(['p', 'q']))) };
    const levels = { a: ['p'] };
    const kept = readOptions(nested, { levels });
    levels.a.push('q');
    expect(kept.levels).toEqual({ a: ['p'] });
  });

  it('keeps the same object if JSON cannot represent it', () => {
    const engine = { run: () => {} };
    const settings = readOptions({ engine: { ...parameterOf(engine), isPlain: false } }, { engine });
    expect(settings.engine).toBe(engine);
  });

  it('checks numbers between two others, or below another', () => {
    const share = {
      share: numberParameter({ above: 0, below: 1 }),
      gain: numberParameter({ from: 0, below: 1 }),
    };
    expect(readOptions(share, { share: 0.5, gain: 0 })).toEqual({ share: 0.5, gain: 0 });
    expect(() => readOptions(share, { share: 1 })).toThrow('share: expected a number between 0 and 1, got 1');
    expect(() => readOptions(share, { gain: 1 })).toThrow(
      'gain: expected a number of at least 0 and below 1, got 1',
    );
  });

  it('reports the value received', async () => {
    const received = (C: unknown) => () => read({ C });
    expect(received(read)).toThrow('got the function or class read');
    expect(received(Promise.resolve(1))).toThrow('got a promise; await it');
    expect(received({ read })).toThrow('got {"read":"the function or class read"}');
  });

  it('requires required options', () => {
    const strict = { columns: required(listOf(oneOf(['a']))) };
    // @ts-expect-error It has to be given.
    const none: OptionsOf<typeof strict> = {};
    expect(() => readOptions(strict, none)).toThrow('columns: expected a list, each item a');
    expect(readOptions(strict, { columns: ['a'] })).toEqual({ columns: ['a'] });
  });

  it('infers the types of options and parameters', () => {
    const options: OptionsOf<typeof definition> = { penalty: 'l1', C: undefined };
    const { C, penalty, columns } = readOptions(definition, options);
    const typed: [number, 'l1' | 'l2', readonly string[] | undefined] = [C, penalty, columns];
    expect(typed).toEqual([1, 'l1', undefined]);
    // @ts-expect-error There is no such penalty.
    const wrong: OptionsOf<typeof definition> = { penalty: 'l3' };
    expect(() => read(wrong)).toThrow();
  });
});

it('keeps the values of a search', () => {
  const C = withGrid(withDefault(numberParameter({ above: 0 }), 1), [0.1, 10]);
  expect([C.grid, C.default]).toEqual([[0.1, 10], 1]);
  // @ts-expect-error They are values of the parameter.
  withGrid(numberParameter(), ['1']);
});
