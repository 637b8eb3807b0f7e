import { isPlainObject, StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { type CustomDefinition, custom } from './custom';

const x = Table.fromColumns({ age: [20, null, 40], kind: ['p', 'q', null] });
const definition: CustomDefinition<{ readonly least: number }> = {
  type: 'Shift',
  fit: (table) => ({ least: Math.min(...table.numeric('age').filter((age) => age > 0), 1e9) }),
  transform: (table, { least }) => table.with({ age: table.numeric('age').map((age) => age - least) }),
};
const withRows: typeof definition = {
  ...definition,
  compileRow(schema, { least }) {
    const position = schema.findIndex(({ name }) => name === 'age');
    return {
      schema,
      apply(row) {
        row[position] = (row[position] as number) - least;
        return row;
      },
    };
  },
};

describe.each([
  { form: 'through a table', transformer: custom(definition) },
  { form: 'with a row function', transformer: custom(withRows) },
])('$form', ({ transformer }) => {
  it.each(transformerConformance({ transformer, restorable: transformer, x, needs: 'age' }))(
    '$name',
    ({ run }) => run(),
  );
});

it('learns by one function and transforms by the other', () => {
  const { fitted, output } = custom(definition).fitTransform(x);
  expect(fitted.state).toEqual({ learned: { least: 20 } });
  expect(output.numeric('age')).toEqual(Float64Array.of(0, NaN, 20));
  expect(fitted.describe()).toBe('Shift: {"least":20}');
});

it('has its own description, and checks the restored state', () => {
  const strict = custom({ ...definition, describe: ({ least }) => `from ${least}`, isState: isPlainObject });
  expect(strict.fit(x).describe()).toBe('from 20');
  expect(() => strict.restore(new StateReader('Shift', { learned: 1 }))).toThrow('Shift: expected "learned"');
});

it('rejects an invalid definition', () => {
  expect(() => custom({ ...definition, type: '' })).toThrow('type: expected a name');
  const without = { type: 'Shift', fit: definition.fit } as unknown as typeof definition;
  expect(() => custom(without)).toThrow('transform: expected a function');
});

it.each(['type', 'fit', 'transform'] as const)('rejects a definition without %s', (key) => {
  const without = { ...definition, [key]: undefined } as unknown as typeof definition;
  expect(() => custom(without)).toThrow(`${key}: expected a`);
});

it('rejects a definition with an unknown field', () => {
  const misspelt = { ...definition, compilRow: withRows.compileRow } as typeof definition;
  expect(() => custom(misspelt)).toThrow('compilRow: unknown; did you mean compileRow?');
});

it.each<[unknown, string]>([
  [{ least: NaN }, 'got NaN at .least'],
  [{ values: Float64Array.of(1) }, 'got a Float64Array at .values'],
  [undefined, 'got undefined'],
])('rejects learned values that JSON cannot represent: %p', (learned, message) => {
  const transformer = custom({ ...definition, fit: () => learned as { least: number } });
  expect(() => transformer.fit(x)).toThrow(
    expect.objectContaining({
      code: 'invalid-data',
      message: `Shift: expected fit to return plain JSON, ${message}`,
    }),
  );
});
