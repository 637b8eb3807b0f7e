import { type FittedTransformer, type Restorable, StateReader, schemaOf, Table } from '@churn/core';
import { ConstantImputer } from './constant-imputer';
import { MeanImputer } from './mean-imputer';
import { MedianImputer } from './median-imputer';
import { ModeImputer } from './mode-imputer';

const imputers: [key: string, imputer: Restorable<FittedTransformer>][] = [
  ['means', MeanImputer],
  ['medians', MedianImputer],
  ['modes', ModeImputer],
  ['values', ConstantImputer],
];
const x = Table.fromColumns({ a: [null, 2], g: ['p', 'q'] });

function restore(imputer: Restorable<FittedTransformer>, state: unknown): FittedTransformer {
  return imputer.restore(new StateReader(imputer.type, state), []);
}

describe.each(imputers)('a state with %s', (key, imputer) => {
  it('is restored from versions without groups and indicators', () => {
    const fitted = restore(imputer, { [key]: { a: 7 } });
    expect(fitted.state).toEqual({ [key]: { a: 7 } });
    expect(fitted.transform(x).toRows()).toEqual([
      { a: 7, g: 'p' },
      { a: 2, g: 'q' },
    ]);
  });

  it.each([
    ['values that are not an object', { [key]: [1] }],
    ['a value that is not a number', { [key]: { a: true } }],
    ['indicators that are not a list', { [key]: { a: 1 }, indicators: 'a' }],
    ['indicators that are not names', { [key]: { a: 1 }, indicators: [1] }],
    ['an indicator of another column', { [key]: { a: 1 }, indicators: ['toString'] }],
  ])('is rejected with %s', (_, state) => {
    expect(() => restore(imputer, state)).toThrow(expect.objectContaining({ code: 'model-file' }));
    expect(() => restore(imputer, state)).toThrow(imputer.type);
  });
});

describe.each(imputers.slice(0, 3))('groups in a state with %s', (key, imputer) => {
  it.each([
    ['anything but an object', []],
    ['no column', { values: { a: {} } }],
    ['no values', { column: 'g' }],
    ['no values of a filled column', { column: 'g', values: { b: { p: 1 } } }],
    ['a list of values', { column: 'g', values: { a: [1] } }],
    ['a value of the other kind', { column: 'g', values: { a: { p: 'text' } } }],
    ['a missing value', { column: 'g', values: { a: { p: null } } }],
  ])('are rejected with %s', (_, groups) => {
    const state = { [key]: { a: 1 }, groups };
    expect(() => restore(imputer, state)).toThrow(expect.objectContaining({ code: 'model-file' }));
  });

  it('impute by the group of a row, whatever the name of its level', () => {
    const text = `{"${key}":{"a":1},"groups":{"column":"g","values":{"a":{"__proto__":2,"constructor":3}}}}`;
    const fitted = restore(imputer, JSON.parse(text));
    const table = Table.fromColumns({
      a: Float64Array.of(NaN, NaN, NaN, NaN, 9),
      g: ['constructor', 'toString', null, '__proto__', '__proto__'],
    });
    expect(fitted.transform(table).numeric('a')).toEqual(Float64Array.of(3, 1, 1, 2, 9));
    const step = fitted.compileRow?.(schemaOf(table));
    const rows = Array.from(table.column('g').kind === 'category' ? table.category('g').levels : []);
    expect([...rows, null].map((level) => step?.apply([NaN, level])[0])).toEqual([3, 1, 2, 1]);
  });

  it('require their column', () => {
    const fitted = restore(imputer, { [key]: { a: 1 }, groups: { column: 'g', values: { a: {} } } });
    const lacks = Table.fromColumns({ a: [1] });
    const isNumeric = Table.fromColumns({ a: [1], g: [1] });
    expect(() => fitted.transform(lacks)).toThrow('column "g" is missing');
    expect(() => fitted.compileRow?.(schemaOf(lacks))).toThrow('column "g" is missing');
    expect(() => fitted.transform(isNumeric)).toThrow('column "g": expected categories');
    expect(() => fitted.compileRow?.(schemaOf(isNumeric))).toThrow('column "g": expected categories');
  });
});
