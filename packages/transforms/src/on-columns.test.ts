import { type FittedClassifier, StateReader, schemaOf, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { CategoryEncoder } from './category-encoder';
import { MeanImputer } from './mean-imputer';
import { FittedOnColumns, OnColumns, onColumns } from './on-columns';
import { PolynomialFeatures } from './polynomial-features';
import { RenameColumns } from './rename-columns';

const x = Table.fromColumns({ a: [1, 2, null], kind: ['p', 'q', null], b: [3, null, 5], c: [7, 8, 9] });
const y = [0, 1, 0];
const classes = [OnColumns, MeanImputer, PolynomialFeatures, RenameColumns, CategoryEncoder];

describe.each([
  { name: 'imputer', transformer: onColumns({ kind: 'numeric' }, new MeanImputer()), needs: 'a' },
  { name: 'products', transformer: onColumns(['b', 'a'], new PolynomialFeatures()), needs: 'a' },
  { name: 'new names', transformer: onColumns(['b', 'a'], new RenameColumns({ a: 'd' })), needs: 'a' },
  { name: 'encoder', transformer: onColumns(['kind'], new CategoryEncoder()), needs: 'kind' },
  { name: 'nested', transformer: onColumns(['a', 'b'], onColumns(['b'], new MeanImputer())), needs: 'b' },
])('with $name', ({ transformer, needs }) => {
  it.each(transformerConformance({ transformer, restorable: OnColumns, classes, x, y, needs }))(
    '$name',
    ({ run }) => run(),
  );
});

it('leaves other columns unchanged, and each column in place', () => {
  const { fitted, output } = onColumns(['b'], new MeanImputer()).fitTransform(x);
  expect(output.names).toEqual(x.names);
  expect(output.numeric('a')).toBe(x.numeric('a'));
  expect(output.numeric('b')).toEqual(Float64Array.of(3, 4, 5));
  expect(fitted.describe()).toMatch(/^OnColumns: on "b": MeanImputer/);
});

it('puts new columns after their source, or in the place of the first column', () => {
  const products = onColumns(['a', 'b'], new PolynomialFeatures({ includeBias: true })).fitTransform(
    x,
  ).output;
  expect(products.names).toEqual(['1', 'a', 'kind', 'b', 'a^2', 'a b', 'b^2', 'c']);
  const renamed = onColumns(['b', 'c'], new RenameColumns({ b: 'd', c: 'e' })).fitTransform(x).output;
  expect(renamed.names).toEqual(['a', 'kind', 'd', 'e']);
});

it('returns the out-of-fold output of a supervised transformer', () => {
  const rows = Table.fromColumns({ kind: ['p', 'p', 'q', 'q', 'p', 'q'], a: [1, 2, 3, 4, 5, 6] });
  const labels = [0, 1, 1, 0, 1, 1];
  const { output } = onColumns(['kind'], new CategoryEncoder()).fitTransform(rows, labels);
  const alone = new CategoryEncoder().fitTransform(rows.select(['kind']), labels).output;
  expect(output.numeric('kind')).toEqual(alone.numeric('kind'));
});

it('is invertible exactly if the inner transformer is', () => {
  const { fitted, output } = onColumns(['a', 'b'], new RenameColumns({ a: 'b', b: 'a' })).fitTransform(x);
  expect(fitted.inverseTransform?.(output).toRows()).toEqual(x.toRows());
  expect(
    new FittedOnColumns(['a'], { role: 'transformer', type: 'none', state: {}, transform: (t) => t })
      .inverseTransform,
  ).toBe(undefined);
});

it('rejects a new column named like one that passes through, and a class that was not given', () => {
  const renames = onColumns(['a'], new RenameColumns({ a: 'c' })).fit(x.drop(['c']));
  expect(() => renames.compileRow(schemaOf(x))).toThrow(
    expect.objectContaining({ code: 'column-name', message: 'column "c" appears twice' }),
  );
  const { state } = onColumns(['a'], new MeanImputer()).fit(x);
  const reader = new StateReader('OnColumns', JSON.parse(JSON.stringify(state)));
  expect(() => OnColumns.restore(reader, [])).toThrow('needs the class MeanImputer');
});

it('rejects an inner classifier', () => {
  const classifier = {
    type: 'Fake',
    restore: () => ({ role: 'classifier', type: 'Fake', state: {} }) as unknown as FittedClassifier,
  };
  const reader = new StateReader('OnColumns', { columns: ['a'], part: { type: 'Fake', state: {} } });
  expect(() => OnColumns.restore(reader, [classifier])).toThrow(
    expect.objectContaining({
      code: 'model-file',
      message: 'OnColumns.part: expected a transformer, got the classifier Fake',
    }),
  );
});

it('describes an inner transformer without a description by its type, and omits what it cannot invert', () => {
  const fitted = new FittedOnColumns(['a'], {
    role: 'transformer',
    type: 'Silent',
    state: {},
    transform: (table) => table,
  });
  expect(fitted.describe()).toBe('OnColumns: on "a": Silent');
});
