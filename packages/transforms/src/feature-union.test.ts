import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { CategoryEncoder } from './category-encoder';
import { FeatureUnion } from './feature-union';
import { PCA } from './pca';
import { SelectColumns } from './select-columns';

const x = Table.fromColumns({
  a: [1, 2, 4, 8, 9, 3],
  b: [2, 1, 5, 7, 9, 4],
  kind: ['p', 'q', 'p', 'q', 'p', 'q'],
});
const y = [0, 1, 0, 1, 1, 0];
const union = new FeatureUnion({
  raw: new SelectColumns(['a']),
  parts: new PCA({ columns: ['a', 'b'], nComponents: 1 }),
  shares: new CategoryEncoder({ columns: ['kind'] }),
});
const classes = [SelectColumns, PCA, CategoryEncoder];

it.each(transformerConformance({ transformer: union, restorable: FeatureUnion, classes, x, y, needs: 'a' }))(
  '$name',
  ({ run }) => run(),
);

it('joins the outputs side by side, with prefixed names', () => {
  const { fitted, output } = union.fitTransform(x, y);
  expect(output.names).toEqual([
    'raw__a',
    'parts__kind',
    'parts__pca0',
    'shares__a',
    'shares__b',
    'shares__kind',
  ]);
  expect(output.numeric('raw__a')).toEqual(x.numeric('a'));
  expect(Object.fromEntries(fitted.origins)).toEqual({
    raw__a: ['a'],
    parts__kind: ['kind'],
    parts__pca0: ['a', 'b'],
    shares__a: ['a'],
    shares__b: ['b'],
    shares__kind: ['kind'],
  });
  expect(fitted.describe()).toMatch(/^FeatureUnion: raw: SelectColumns.* \| parts: PCA/);
});

it('encodes out of fold in training', () => {
  const alone = new CategoryEncoder({ columns: ['kind'] }).fitTransform(x, y).output;
  expect(union.fitTransform(x, y).output.numeric('shares__kind')).toEqual(alone.numeric('kind'));
});

it('rejects anything but unfitted transformers, and a state of another length', () => {
  expect(() => new FeatureUnion({})).toThrow('transformers: expected transformers by name');
  expect(() => new FeatureUnion({ a: SelectColumns as never })).toThrow(
    'a: expected an unfitted transformer',
  );
  expect(() => new FeatureUnion({ a: new SelectColumns(['a']).fit(x) as never })).toThrow(
    'a: expected an unfitted transformer',
  );
  const state = JSON.parse(JSON.stringify(union.fit(x, y).state));
  const restore = (change: object) => () =>
    FeatureUnion.restore(new StateReader('FeatureUnion', { ...state, ...change }), classes);
  expect(restore({ names: ['raw'] })).toThrow('"parts" to be one per name');
  expect(restore({ sources: { a: 1 } })).toThrow('"sources"');
  expect(restore({ names: ['raw', 'raw', 'raw'] })).toThrow('"names"');
});
