import {
  compileRow,
  type FittedTransformer,
  type ParameterRecord,
  type Restorable,
  rowValues,
  StateReader,
  schemaOf,
  Table,
  type Transformer,
} from '@churn/core';
import { CategoryEncoder } from './category-encoder';
import { FeatureUnion } from './feature-union';
import * as transforms from './index';
import { OnColumns, onColumns } from './on-columns';
import { OneHotEncoder } from './one-hot-encoder';
import { PolynomialFeatures } from './polynomial-features';
import { SelectColumns } from './select-columns';

/** A class of transformers as this test knows it. */
interface TransformerClass extends Restorable<FittedTransformer> {
  new (options?: unknown): Transformer;
  readonly parameters?: ParameterRecord;
  readonly example?: Readonly<Record<string, unknown>>;
}

const rows = Array.from({ length: 12 }, (_, row) => row);
const x = Table.fromColumns({
  a: rows.map((row) => (row === 4 ? null : (row * row) % 7)),
  b: rows.map((row) => row / 3 + 1),
  level: rows.map((row) => (row === 2 ? null : 'uvw'[(row * row) % 3])),
  on: rows.map((row) => `2024-01-${row + 10}`),
});
const y = rows.map((row) => 'pqr'[row % 3]);

/** The transformer on columns that it can learn from, with all that it can add; `undefined` if it needs another object. */
function working(Class: TransformerClass): Transformer | undefined {
  for (const columns of [['a'], ['level']]) {
    const indicators = Class.parameters?.addIndicator && { addIndicator: true };
    try {
      const transformer = new Class({ columns, ...Class.example, ...indicators });
      transformer.fit(x, y);
      return transformer;
    } catch {}
  }
  return undefined;
}

function madeBy(transformer: Transformer): string[] {
  return transformer.fitTransform(x, y).output.names.filter((name) => !x.has(name));
}

const makers = Object.values<unknown>(transforms).flatMap(
  (Class): [string, Transformer, TransformerClass][] => {
    if (typeof Class !== 'function' || typeof Class.prototype?.fit !== 'function') return [];
    const transformer = working(Class as TransformerClass);
    const makes = transformer && madeBy(transformer).length > 0;
    return makes ? [[(Class as TransformerClass).type, transformer, Class as TransformerClass]] : [];
  },
);

it('finds the transformers that create names', () => {
  expect(makers.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'CategoryEncoder',
      'ConstantImputer',
      'DateParts',
      'MeanImputer',
      'ModeImputer',
      'OneHotEncoder',
      'PCA',
      'PolynomialFeatures',
    ]),
  );
});

describe.each([
  ...makers,
  ...makers.map(([name, inner]): [string, Transformer, TransformerClass] => {
    const columns = (inner as unknown as { readonly columns: readonly string[] }).columns;
    return [`OnColumns of ${name}`, onColumns(columns, inner), OnColumns as unknown as TransformerClass];
  }),
])('%s', (_, transformer, Class) => {
  const plain = transformer.fitTransform(x, y);
  const made = plain.output.names.filter((name) => !x.has(name));
  // The first suffix is taken as well.
  const taken = Object.fromEntries(
    made.flatMap((name, i) => [
      [name, Float64Array.from(rows, () => i)],
      [`${name}_2`, rows.map(() => 'text')],
    ]),
  );
  const clash = x.with(taken);
  const { fitted, output } = transformer.fitTransform(clash, y);
  const restored = Class.restore(
    new StateReader(fitted.type, JSON.parse(JSON.stringify(fitted.state))),
    Object.values(transforms) as never,
  ) as FittedTransformer;

  it('creates unused names, and leaves the columns with the usual names', () => {
    for (const table of [output, restored.transform(clash)]) {
      for (const name of Object.keys(taken)) expect(table.column(name)).toEqual(clash.column(name));
    }
    for (const name of made) expect(output.column(`${name}_3`)).toEqual(plain.output.column(name));
    expect(output.names.length).toBe(plain.output.names.length + Object.keys(taken).length);
  });

  it('reports the renaming', () => {
    const expected = made.map((name) => [`${name}_3`, name]);
    for (const each of [fitted, restored]) {
      expect([...(each.renamed ?? [])].sort()).toEqual(expected.sort());
      expect(each.describe?.()).toContain(`; "${made[0]}" was taken and is called "${made[0]}_3"`);
      for (const name of made) {
        expect(each.origins?.get(`${name}_3`)).toEqual(plain.fitted.origins?.get(name));
      }
    }
    expect(plain.fitted.renamed).toBeUndefined();
    expect(JSON.stringify(plain.fitted.state)).not.toMatch(/namesOut|renamed/);
  });

  it('does the same with rows', () => {
    const schema = schemaOf(clash);
    for (const each of [fitted, restored]) {
      const step = compileRow([each], schema);
      const table = each.transform(clash);
      expect(step.schema).toEqual(schemaOf(table));
      rows.forEach((row) => {
        const cells = Object.values(table.row(row)).map((cell) => cell ?? NaN);
        expect(step.apply(rowValues(schema, clash.row(row))).map((value) => value ?? NaN)).toEqual(cells);
      });
    }
  });

  it('is inverted if possible', () => {
    if (!fitted.inverseTransform) return;
    const back = fitted.inverseTransform(fitted.transform(clash));
    const plainBack = plain.fitted.inverseTransform?.(plain.fitted.transform(x)) as Table;
    for (const name of Object.keys(taken)) expect(back.column(name)).toEqual(clash.column(name));
    for (const name of x.names) expect(back.column(name)).toEqual(plainBack.column(name));
  });

  it('rejects a table with a column of a created name', () => {
    if (made.length === 0) return;
    expect(() => plain.fitted.transform(clash)).toThrow(expect.objectContaining({ code: 'column-name' }));
    expect(() => compileRow([plain.fitted], schemaOf(clash))).toThrow(
      expect.objectContaining({ code: 'column-name' }),
    );
  });
});

it('distinguishes equal names from two columns of one step', () => {
  const odd = Table.fromColumns({ a: ['b_c', 'd'], a_b: ['c', 'd'] });
  const hot = new OneHotEncoder().fitTransform(odd);
  expect(hot.output.names).toEqual(['a_b_c', 'a_d', 'a_b_c_2', 'a_b_d']);
  expect(hot.fitted.origins.get('a_b_c_2')).toEqual(['a_b']);
  expect(hot.fitted.inverseTransform(hot.output).toRows()).toEqual(odd.toRows());
  const rare = Table.fromColumns({ a: ['infrequent', 'infrequent', 'b'] });
  expect(new OneHotEncoder({ minFrequency: 2 }).fitTransform(rare).output.names).toEqual([
    'a_infrequent',
    'a_infrequent_2',
  ]);

  const numbers = Table.fromColumns({ a: [2], b: [3], 'a b': [5], 'b c': [7], c: [11] });
  const { output } = new PolynomialFeatures({ degree: 2, interactionOnly: true }).fitTransform(numbers);
  expect(output.row(0)).toMatchObject({ 'a b': 5, 'a b_2': 6, 'a b c': 14, 'a b c_2': 55 });

  const classes = Table.fromColumns({ a: ['u', 'v', 'u'], a_b: ['u', 'u', 'v'] });
  const encoder = new CategoryEncoder().fitTransform(classes, ['b_c', 'c', 'd']);
  expect(encoder.output.names).toEqual(['a_b_c', 'a_c', 'a_d', 'a_b_b_c', 'a_b_c_2', 'a_b_d']);
  expect(encoder.fitted.transform(classes).names).toEqual(encoder.output.names);
});

it('distinguishes equal names from two transformers of a union', () => {
  const both = Table.fromColumns({ b__c: [1, 2], c: [3, 4] });
  const union = new FeatureUnion({ a: new SelectColumns(['b__c']), a__b: new SelectColumns(['c']) });
  const { fitted, output } = union.fitTransform(both);
  expect(output.toRows()).toEqual([
    { a__b__c: 1, a__b__c_2: 3 },
    { a__b__c: 2, a__b__c_2: 4 },
  ]);
  const reader = new StateReader('FeatureUnion', JSON.parse(JSON.stringify(fitted.state)));
  const restored = FeatureUnion.restore(reader, [SelectColumns]);
  for (const each of [fitted, restored]) {
    expect(each.transform(both).toRows()).toEqual(output.toRows());
    const step = each.compileRow(schemaOf(both));
    expect(step.schema.map(({ name }) => name)).toEqual(output.names);
    expect([...(each.renamed ?? [])]).toEqual([['a__b__c_2', 'a__b__c']]);
    expect(each.origins.get('a__b__c_2')).toEqual(['c']);
    expect(each.describe()).toContain('; "a__b__c" was taken and is called "a__b__c_2"');
  }
});

it('rejects impossible created names in a model file', () => {
  const { state } = new OneHotEncoder({ columns: ['level'] }).fit(x.with({ level_u: rows }));
  for (const namesOut of [['level_u_2'], ['v', 'v', 'w'], 5]) {
    expect(() => OneHotEncoder.restore(new StateReader('OneHotEncoder', { ...state, namesOut }))).toThrow(
      'OneHotEncoder: expected "namesOut" to be ',
    );
  }
});
