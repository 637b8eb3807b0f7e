import { Random, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import reference from '../../test/reference/gaussian_nb.json';
import { GaussianNB, type GaussianNBOptions } from './gaussian-nb.js';

const random = new Random('naive bayes');
const codes = Array.from({ length: 48 }, (_, row) => row % 3);
const x = Table.fromColumns({
  a: codes.map((code) => code + random.normal()),
  b: codes.map((code) => 100 * (code === 1 ? 3 : 1) * random.normal()),
});
const two = codes.map((code) => (code === 1 ? 'yes' : 'no'));
const three = codes.map((code) => 'pqr'[code]);

describe.each<[GaussianNBOptions, string[]]>([
  [{}, three],
  [{ priors: { no: 0.3, yes: 0.7 }, varSmoothing: 1e-3 }, two],
])('GaussianNB with %j', (options, y) => {
  const checks = classifierConformance({ classifier: new GaussianNB(options), restorable: GaussianNB, x, y });
  // Priors belong to the classes of `y`.
  const passing = options.priors ? checks.filter(({ name }) => !name.includes('without rows')) : checks;
  it.each(passing)('$name', ({ run }) => run());
});

describe.each(reference.data)('GaussianNB agrees with scikit-learn: $name', (data) => {
  const n = data.y.length - 20;
  it.each(data.cases)('smoothing $varSmoothing, priors $priors', (each) => {
    const { varSmoothing, priors, weights, logProbabilities } = each;
    const model = new GaussianNB({
      varSmoothing,
      priors: priors && Object.fromEntries(priors.map((prior, k) => [k, prior])),
    }).fit(
      Table.fromMatrix(data.x.slice(0, n)),
      data.y.slice(0, n),
      weights ? { sampleWeight: weights } : {},
    );
    model.predictProba(Table.fromMatrix(data.x.slice(n))).forEach((column, k) => {
      column.forEach((p, row) => {
        expect(Math.abs(Math.log(p) - logProbabilities[k][row])).toBeLessThan(
          1e-9 * (1 - logProbabilities[k][row]),
        );
      });
    });
  });
});

describe('GaussianNB', () => {
  it('agrees with normal densities computed by hand', () => {
    // Means 1 and 4, variances 1 and 4, and equally many rows.
    const table = Table.fromColumns({ a: [0, 2, 2, 6] });
    const model = new GaussianNB({ varSmoothing: 1e-12 }).fit(table, ['p', 'p', 'q', 'q']);
    const [p, q] = [Math.exp(-((3 - 1) ** 2) / 2), Math.exp(-((3 - 4) ** 2) / 8) / 2];
    expect(model.predictProba(Table.fromColumns({ a: [3] }))[1][0]).toBeCloseTo(q / (p + q), 9);
  });

  it('counts a row of weight 2 twice, and ignores one of weight 0', () => {
    const sampleWeight = codes.map((_, row) => row % 3);
    const rows = codes.flatMap((_, row) => Array.from({ length: row % 3 }, () => row));
    const y = codes.map((_, row) => (random.uniform() < 0.5 ? `a${row % 2}` : 'b'));
    const weighted = new GaussianNB().fit(x, y, { sampleWeight }).predictProba(x);
    const repeated = new GaussianNB().fit(
      x.take(rows),
      rows.map((row) => y[row]),
    );
    repeated.predictProba(x).forEach((column, k) => {
      column.forEach((p, row) => {
        expect(p).toBeCloseTo(weighted[k][row], 10);
      });
    });
  });

  it('predicts the priors if all columns are constant', () => {
    const table = Table.fromColumns({ a: [1, 1, 1, 1] });
    const [first] = new GaussianNB()
      .fit(table, ['p', 'q', 'q', 'q'])
      .predictProba(Table.fromColumns({ a: [5] }));
    expect(first[0]).toBeCloseTo(0.25, 12);
  });

  it.each([
    ['two', two],
    ['three', three],
  ])('has exact attributions with %s classes', (_, y) => {
    const model = new GaussianNB().fit(x, y);
    const probabilities = model.predictProba(x);
    const { unit, outputs } = model.attributions(x);
    expect(unit).toBe('log-odds');
    const scores = outputs.map(({ baseline, contributions }) =>
      contributions.reduce(
        (sums, column) => sums.map((sum, row) => sum + column[row]),
        new Float64Array(x.nRows).fill(baseline),
      ),
    );
    for (let row = 0; row < x.nRows; row++) {
      const sizes =
        scores.length === 1 ? [1, Math.exp(scores[0][row])] : scores.map((score) => Math.exp(score[row]));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      probabilities.forEach((column, k) => {
        expect(sizes[k] / total).toBeCloseTo(column[row], 10);
      });
    }
    // The baseline is the mean over the training rows.
    for (const { contributions } of outputs) {
      for (const column of contributions) {
        expect(column.reduce((sum, value) => sum + value, 0) / x.nRows).toBeCloseTo(0, 9);
      }
    }
  });

  it.each<[GaussianNBOptions, string]>([
    [{ varSmoothing: 0 }, 'varSmoothing: expected a number above 0, got 0'],
    [{ priors: { a: 2 } }, 'priors: expected an object, each value a number from 0 to 1'],
  ])('rejects %j', (options, message) => {
    expect(() => new GaussianNB(options)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each([[{ no: 1 }], [{ no: 0.5, yes: 0.6 }], [{ no: 0.5, yes: 0.5, other: 0 }]])(
    'rejects the priors %j of no and yes',
    (priors) => {
      expect(() => new GaussianNB({ priors }).fit(x, two)).toThrow(
        'priors: expected one of each class no, yes, which add up to 1',
      );
    },
  );

  it('names a column whose variance overflows, and rejects a table without columns', () => {
    const wide = Table.fromColumns({ a: [1, 2], b: [-1e200, 1e200] });
    expect(() => new GaussianNB().fit(wide, ['p', 'q'])).toThrow(
      'column "b": expected values whose variance is a number; scale them',
    );
    expect(() => new GaussianNB().fit(Table.fromColumns({}, 2), ['p', 'q'])).toThrow(
      'expected feature columns, got none',
    );
  });

  it.each([
    { classes: ['no'] },
    { features: [] },
    { features: ['a'] },
    { shares: [0.5, 0.6] },
    { shares: [1, 0], priors: [0, 1] },
    { priors: [1] },
    { epsilon: 0 },
    { distributions: [] },
    { distributions: [1, 2] },
    {
      distributions: [
        { means: [0, 0], variances: [1, -1] },
        { means: [0, 0], variances: [1, 1] },
      ],
    },
  ])('rejects a state with %j', (change) => {
    const { state } = new GaussianNB().fit(x, two);
    expect(() => GaussianNB.restore(new StateReader('', { ...state, ...change }))).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });
});
