import { Random, StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { RBFSampler } from './rbf-sampler';

const random = new Random(6);
const x = Table.fromColumns(
  ['a', 'b'].map((name) => [name, Array.from({ length: 10 }, () => 2 * random.normal())] as const),
);
const [a, b] = [x.numeric('a'), x.numeric('b')];

describe('RBFSampler', () => {
  it('has the cosines of a row computed by hand', () => {
    const state = {
      columns: ['a', 'b'],
      randomWeights: [
        [1, 2],
        [0, 0],
      ],
      randomOffset: [0, Math.PI / 3],
    };
    const output = RBFSampler.restore(new StateReader('RBFSampler', state)).transform(
      Table.fromColumns({ a: [Math.PI, 0], text: ['u', 'v'], b: [0, Math.PI / 4] }),
    );
    // Of two waves each has the size √(2 / 2).
    expect(output.names).toEqual(['text', 'rbfsampler0', 'rbfsampler1']);
    expect([...output.numeric('rbfsampler0')]).toEqual([near(-1), near(0)]);
    expect([...output.numeric('rbfsampler1')]).toEqual([near(0.5), near(0.5)]);
  });

  it.each([0.02, 0.3, 'scale' as const])(
    'creates features whose inner products approximate the kernels of gamma %s',
    (gamma) => {
      const { output } = new RBFSampler({ gamma, nComponents: 4000, seed: 3 }).fitTransform(x);
      const all = [...a, ...b];
      const centre = all.reduce((sum, value) => sum + value / 20, 0);
      const width =
        gamma === 'scale' ? 1 / (2 * all.reduce((sum, value) => sum + (value - centre) ** 2 / 20, 0)) : gamma;
      const features = Array.from(a.keys(), (row) => output.names.map((name) => output.numeric(name)[row]));
      features.forEach((one, i) => {
        features.forEach((other, k) => {
          const product = one.reduce((sum, value, j) => sum + value * other[j], 0);
          const kernel = Math.exp(-width * ((a[i] - a[k]) ** 2 + (b[i] - b[k]) ** 2));
          // Four deviations of a mean of 4000 products, each with a variance below 1.
          expect(Math.abs(product - kernel)).toBeLessThan(4 / Math.sqrt(4000));
        });
      });
    },
  );

  it('is reproducible by its seed', () => {
    const drawn = (seed: number) => new RBFSampler({ nComponents: 3, seed }).fit(x).state;
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  it.each(
    transformerConformance({
      transformer: new RBFSampler({ columns: x.names, nComponents: 5, gamma: 'scale' }),
      restorable: RBFSampler,
      x,
      needs: 'b',
    }),
  )('$name', ({ run }) => run());

  it.each<[string, () => unknown, string]>([
    ['no features', () => new RBFSampler({ nComponents: 0 }), 'nComponents: expected an integer'],
    ['a negative gamma', () => new RBFSampler({ gamma: -1 }), 'gamma: expected'],
    [
      'a missing value',
      () => new RBFSampler().fit(x.with({ b: b.map((v, i) => (i === 2 ? NaN : v)) })),
      'column "b", row 2: expected a finite number, got a missing value',
    ],
    [
      'no rows',
      () => new RBFSampler().fit(x.take([])),
      'RBFSampler: expected rows of numeric columns, got 0 rows of 2',
    ],
    [
      'scaling of constant columns',
      () => new RBFSampler({ gamma: 'scale' }).fit(Table.fromColumns({ a: [1, 1] })),
      "RBFSampler: gamma 'scale' expects at least one column that varies",
    ],
  ])('rejects %s', (_, action, message) => {
    expect(action).toThrow(
      expect.objectContaining({ name: 'ChurnError', message: expect.stringContaining(message) }),
    );
  });

  const state = { columns: ['a', 'b'], randomWeights: [[1, 2]], randomOffset: [3] };
  it.each(
    refusedStates(RBFSampler, state, {
      columns: [['a', 'a'], 'a'],
      randomWeights: [[], [[1]], [[1, 'x']], 'none'],
      randomOffset: [[], [-1], [7], [1, 2]],
    }),
  )('$name', ({ run }) => run());
});

function near(value: number) {
  return expect.closeTo(value, 12);
}
