import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import reference from '../test/reference/selection.json';
import { refusedStates } from '../test/refused-states';
import { PCA, type PCAOptions } from './pca';

const x = Table.fromColumns(reference.x.map((values, j) => [`c${j}`, values] as const));

describe.each<[string, PCAOptions, keyof typeof reference.pca]>([
  ['all components', {}, 'all'],
  ['two', { nComponents: 2 }, 'two'],
  ['as many as explain nine tenths', { nComponents: 0.9 }, 'share'],
  ['three, whitened', { nComponents: 3, whiten: true }, 'whitened'],
])('%s', (_, options, name) => {
  const expected = reference.pca[name];
  const { fitted, output } = new PCA(options).fitTransform(x);

  it('agree with scikit-learn, including signs', () => {
    const { components, explainedVariance, explainedVarianceRatio } = fitted.state;
    expect(components.flat()).toEqual(expected.components.flat().map(near));
    expect(explainedVariance).toEqual(expected.explainedVariance.map(near));
    expect(explainedVarianceRatio).toEqual(expected.explainedVarianceRatio.map(near));
    expect(Object.values(output.row(0))).toEqual(expected.first.map(near));
  });

  it.each(
    transformerConformance({
      transformer: new PCA({ ...options, columns: x.names }),
      restorable: PCA,
      x,
      needs: 'c1',
    }),
  )('$name', ({ run }) => run());
});

function near(value: number) {
  return expect.closeTo(value, 9);
}

describe('PCA', () => {
  it('maps a line to one component, computed by hand', () => {
    const line = Table.fromColumns({ a: [0, 3, 6], b: [0, 4, 8], text: ['u', 'v', 'w'] });
    const { fitted, output } = new PCA({ nComponents: 1 }).fitTransform(line);
    expect(fitted.state.components[0]).toEqual([near(0.6), near(0.8)]);
    expect(fitted.state.explainedVariance).toEqual([near(25)]);
    expect(output.names).toEqual(['text', 'pca0']);
    expect([...output.numeric('pca0')]).toEqual([-5, 0, 5].map(near));
    expect(fitted.describe()).toBe('PCA: 1 components of 2 columns, with 100.0 % of their variance');
    const back = fitted.inverseTransform(output);
    expect([...back.numeric('b')]).toEqual([0, 4, 8].map(near));
  });

  it('restores all columns from all components', () => {
    const { fitted, output } = new PCA().fitTransform(x);
    const back = fitted.inverseTransform(output);
    for (const name of x.names) expect([...back.numeric(name)]).toEqual([...x.numeric(name)].map(near));
  });

  it.each<[string, () => unknown, string]>([
    ['a share above 1', () => new PCA({ nComponents: 1.5 }), 'nComponents: expected an integer or a share'],
    ['no components', () => new PCA({ nComponents: 0 }), 'nComponents: expected a number above 0'],
    ['too many', () => new PCA({ nComponents: 6 }).fit(x), 'nComponents: expected at most 5'],
    [
      'a missing value',
      () => new PCA().fit(x.with({ c1: x.numeric('c1').map((v, i) => (i === 2 ? NaN : v)) })),
      'column "c1", row 2: expected a finite number, got a missing value',
    ],
    ['one row', () => new PCA().fit(x.take([0])), 'PCA: expected two or more rows'],
    ['no numeric columns', () => new PCA().fit(Table.fromColumns({ a: ['u', 'v'] })), 'got 2 rows of 0'],
    [
      'whitening of constant columns',
      () => new PCA({ whiten: true }).fit(Table.fromColumns({ a: [1, 2], b: [1, 1] })),
      'cannot be whitened',
    ],
    [
      'an unknown option',
      () => new PCA({ components: 2 } as never),
      'components: unknown; did you mean nComponents?',
    ],
  ])('rejects %s', (_, action, message) => {
    expect(action).toThrow(
      expect.objectContaining({ name: 'ChurnError', message: expect.stringContaining(message) }),
    );
  });

  const state = {
    columns: ['a', 'b'],
    means: [1, 2],
    components: [[0.6, 0.8]],
    explainedVariance: [25],
    explainedVarianceRatio: [1],
    whiten: true,
  };
  it.each(
    refusedStates(PCA, state, {
      columns: [['a', 'a'], 'a'],
      means: [[1], [1, 'x']],
      components: [
        [[0.6]],
        [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
        'none',
      ],
      explainedVariance: [[0], [-1], [1, 2]],
      explainedVarianceRatio: [[], [-1]],
      whiten: ['yes'],
    }),
  )('$name', ({ run }) => run());
});
