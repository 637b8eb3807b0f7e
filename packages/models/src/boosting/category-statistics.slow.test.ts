import { type ColumnData, Labels, packArray, Random, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import type { FittedGradientBoosting } from './fitted-gradient-boosting.js';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting.js';

/** Rows whose class depends on a number and on a column of many levels, with a column of few levels and one of noise. */
function rowsOf(nRows: number, nClasses = 2, seed = 0) {
  const random = new Random('category statistics', seed);
  const nLevels = Math.ceil(nRows / 20);
  const effects = Array.from({ length: nLevels }, () => 1.5 * random.normal());
  const level = Array.from({ length: nRows }, () => random.int(nLevels));
  const a = Float64Array.from({ length: nRows }, () => random.normal());
  const few = Array.from({ length: nRows }, () => ['x', 'y', 'z'][random.int(3)]);
  const noise = Array.from({ length: nRows }, () => `${random.int(nLevels)}`);
  const y = level.map((code, row) => {
    const score = effects[code] + a[row] + 0.7 * random.normal();
    return nClasses === 2
      ? ['no', 'yes'][Number(score > 0)]
      : ['low', 'mid', 'top'][score < -1 ? 0 : score < 1 ? 1 : 2];
  });
  const many = level.map((code, row) => (row % 11 === 5 ? null : `level ${code}`));
  return { x: Table.fromColumns({ a, many, few, noise }), y };
}

const model = (options: GradientBoostingOptions = {}) =>
  new GradientBoostingClassifier({ nEstimators: 60, maxLeafNodes: 8, l2Regularization: 3, ...options });

function auc(y: readonly string[], scores: Float64Array): number {
  const [no, yes] = ['no', 'yes'].map((label) => scores.filter((_, row) => y[row] === label));
  const wins = yes.reduce((sum, s) => sum + no.reduce((n, t) => n + (s > t ? 1 : s === t ? 0.5 : 0), 0), 0);
  return wins / (no.length * yes.length);
}

const scoresOf = (fitted: FittedGradientBoosting, x: Table) => fitted.decisionFunction(x)[0];

describe.each<[number, GradientBoostingOptions]>([
  [2, { categories: 'statistics' }],
  [2, { categories: 'auto', earlyStopping: true, nIterNoChange: 3 }],
  [3, { categories: 'statistics' }],
])('GradientBoostingClassifier of %i classes with %j', (nClasses, options) => {
  const { x, y } = rowsOf(300, nClasses);
  const classifier = model({ nEstimators: 4, minSamplesLeaf: 2, ...options });
  it.each(
    classifierConformance({
      classifier,
      others: [model({ ...options, nEstimators: 2 })],
      restorable: GradientBoostingClassifier,
      x,
      y,
      takesCategories: true,
    }),
  )('$name', ({ run }) => run());

  it('keeps its columns, and divides its scores between them', () => {
    const fitted = classifier.fit(x, y);
    expect(fitted.boosted.statistics).toBeDefined();
    expect(fitted.features).toEqual(x.names);
    expect(fitted.schema).toEqual(x.names.map((name) => ({ name, kind: x.column(name).kind })));
    const { outputs } = fitted.attributions(x);
    fitted.decisionFunction(x).forEach((scores, k) => {
      const { baseline, contributions } = outputs[k];
      expect(contributions).toHaveLength(x.names.length);
      scores.forEach((score, row) => {
        expect(contributions.reduce((sum, column) => sum + column[row], baseline)).toBeCloseTo(score, 9);
      });
    });
  });
});

describe('category statistics', () => {
  it('are the shares of training rows, and the prior for unseen levels', () => {
    const x = Table.fromColumns({ level: ['p', 'p', 'q', 'q', 'p', 'q', null, null] });
    const fitted = model({ categories: 'statistics', minSamplesLeaf: 1 }).fit(x, [1, 1, 0, 0, 1, 0, 1, 0]);
    const { statistics: learned } = fitted.boosted;
    const asked = Table.fromColumns({ level: ['p', 'q', null, 'never seen', '__proto__'] });
    const [shares] = learned!.transform(asked).names.map((name) => learned!.transform(asked).numeric(name));
    // Mean squares of 3/4 between and 1/10 within; (64 - 22) / 16 rows a level.
    const size = (8 - 22 / 8) / 2;
    const correlation = (3 / 4 - 1 / 10) / (3 / 4 + (size - 1) / 10);
    const smoothing = (1 - correlation) / correlation;
    const drawn = (positives: number, rows: number) => (positives + smoothing / 2) / (rows + smoothing);
    expect(Array.from(shares.slice(0, 3))).toEqual(
      [drawn(3, 3), drawn(0, 3), drawn(1, 2)].map((share) => expect.closeTo(share, 12)),
    );
    expect(Array.from(shares.slice(3))).toEqual([0.5, 0.5]);
  });

  it('distinguish levels beyond the capacity of sets', () => {
    const { x, y } = rowsOf(12_000);
    const rows = Array.from({ length: 12_000 }, (_, row) => row);
    const [train, test] = [rows.filter((row) => row % 3 > 0), rows.filter((row) => row % 3 === 0)];
    const [asked, labels] = [x.take(test), test.map((row) => y[row])];
    const of = (categories: GradientBoostingOptions['categories']) =>
      auc(
        labels,
        scoresOf(
          model({ categories }).fit(
            x.take(train),
            train.map((row) => y[row]),
          ),
          asked,
        ),
      );
    const [sets, auto] = [of('sets'), of('auto')];
    expect(auto).toBeGreaterThan(sets + 0.02);
    expect(auto).toBe(of('auto'));
  });

  it('with auto apply to columns of more than 12 levels, and are otherwise not saved', () => {
    const levels = (n: number) => Array.from({ length: 400 }, (_, row) => `${row % n}`);
    const y = levels(13).map((level, row) => Number(+level + (row % 5) > 8));
    const of = (n: number) =>
      model().fit(Table.fromColumns({ level: levels(n), a: y.map((_, row) => row) }), y);
    expect(of(12).state.categoryStatistics).toBeUndefined();
    expect(of(12).state).toEqual(
      model({ categories: 'sets' }).fit(
        Table.fromColumns({ level: levels(12), a: y.map((_, row) => row) }),
        y,
      ).state,
    );
    expect(of(13).boosted.statistics?.parts.replaced).toEqual(['level']);
  });

  it('allow columns named like the statistics', () => {
    const { x, y } = rowsOf(300);
    const names = ['share', 'share 0.0', 'share#', 'share# 0.0'];
    const same = Table.fromColumns(names.map((name, j) => [name, x.column(x.names[j])] as const));
    const options = { categories: 'statistics', nEstimators: 5 } as const;
    expect(scoresOf(model(options).fit(same, y), same)).toEqual(scoresOf(model(options).fit(x, y), x));
  });

  it('count rows by their weights', () => {
    const { x, y } = rowsOf(300);
    const sampleWeight = y.map((_, row) => row % 3);
    const rows = y.flatMap((_, row) => Array.from({ length: row % 3 }, () => row));
    const options = {
      categories: 'statistics',
      nEstimators: 5,
      learningRate: 0.1,
      randomStrength: 0,
    } as const;
    const weighted = model(options).fit(x, y, { sampleWeight });
    const repeated = model(options).fit(
      x.take(rows),
      rows.map((row) => y[row]),
    );
    expect(weighted.boosted.statistics?.state).toEqual(repeated.boosted.statistics?.state);
    const [a, b] = [scoresOf(weighted, x), scoresOf(repeated, x)];
    expect(Math.max(...a.map((score, row) => Math.abs(score - b[row])))).toBeLessThan(1e-9);
  });

  it('require each column that they use, even if its levels are uninformative', () => {
    const { x, y } = rowsOf(300);
    const fitted = model({ categories: 'statistics', nEstimators: 2 }).fit(x, y);
    expect(fitted.boosted.statistics?.origins.flat()).not.toContain('noise');
    expect(() => fitted.predictProba(x.drop(['noise']))).toThrow('column "noise" is missing');
  });

  it('use no held-out rows', () => {
    const { x, y } = rowsOf(400);
    const early = model({
      categories: 'statistics',
      earlyStopping: true,
      refit: false,
      validationFraction: 0.1,
      nIterNoChange: 2,
    }).fit(x, y);
    const { priors } = early.boosted.statistics!.parts;
    const nYes = priors[0] * 360;
    expect(nYes).toBeCloseTo(Math.round(nYes), 9);
  });
});

describe('category statistics do not leak', () => {
  const N = 3000;
  const random = new Random('leak');
  const noise = (nLevels: number) => Array.from({ length: N }, () => `${random.int(nLevels)}`);
  const columns = Object.fromEntries([5, 20, 100, 500, 1500, N].map((n) => [`noise ${n}`, noise(n)]));
  const a = Float64Array.from({ length: N }, () => random.normal());
  const rows = Array.from({ length: N }, (_, row) => row);
  const [train, test] = [rows.filter((row) => row % 2 === 0), rows.filter((row) => row % 2 === 1)];
  const signal = Array.from(a, (value) => (value + random.normal() > 0 ? 'yes' : 'no'));
  const shuffled = random.shuffle([...signal]);
  /** The AUC on held-out rows of a model trained on copies of the others. */
  const heldOutAuc = (
    given: Record<string, ColumnData>,
    y: string[],
    options: GradientBoostingOptions,
    copies = 1,
  ) => {
    const x = Table.fromColumns(given);
    const learned = Array.from({ length: copies }, () => train).flat();
    const fitted = model(options).fit(
      x.take(learned),
      Labels.from(
        learned.map((row) => y[row]),
        ['no', 'yes'],
      ),
    );
    return auc(
      test.map((row) => y[row]),
      scoresOf(fitted, x.take(test)),
    );
  };

  it.each([
    ['statistics', 1],
    ['auto', 1],
    ['statistics', 3],
    ['auto', 2],
  ] as const)('with %s, each row %i times', (categories, copies) => {
    const options = { categories };
    // Three standard errors of an AUC of 1,500 rows of two classes without any signal.
    const error = 3 * Math.sqrt(1 / (6 * 750));
    expect(Math.abs(heldOutAuc(columns, shuffled, options, copies) - 0.5)).toBeLessThan(error);
    expect(Math.abs(heldOutAuc({ ...columns, a }, shuffled, options, copies) - 0.5)).toBeLessThan(error);
    const alone = heldOutAuc({ a }, signal, options, copies);
    expect(heldOutAuc({ ...columns, a }, signal, options, copies)).toBeGreaterThan(alone - 0.01);
  });
});

describe('restoring category statistics', () => {
  const { x, y } = rowsOf(300);
  const { state } = model({ categories: 'statistics', nEstimators: 2 }).fit(x, y);
  const own = state.categoryStatistics as Record<string, unknown>;
  const [first] = own.statistics as Record<string, unknown>[];
  const restore = (changes: object) =>
    GradientBoostingClassifier.restore(
      new StateReader('Boosting', { ...state, categoryStatistics: { ...own, ...changes } }),
    );
  const changed = (changes: object) => ({
    statistics: [{ ...first, ...changes }, ...(own.statistics as object[]).slice(1)],
  });

  it('works if they are complete', () => {
    expect(restore({}).predictProba(x)).toEqual(
      model({ categories: 'statistics', nEstimators: 2 }).fit(x, y).predictProba(x),
    );
  });

  it.each<[object, string]>([
    [{ features: [...x.names, 'other'] }, '"binning" to be bins of the columns that trees receive'],
    [{ features: [...x.names, 'a'] }, '"features" to be unique names'],
    [{ categories: ['other'] }, '"categories" to be names of features'],
    [{ replaced: ['a'] }, '"replaced" to be names of category columns'],
    [{ priors: [0.5, 0.5] }, '"priors" to be a list of 1 numbers from 0 to 1'],
    [{ priors: [2] }, '"priors" to be a list of 1 numbers from 0 to 1'],
    [{ statistics: [] }, '"binning" to be bins of the columns that trees receive'],
    [changed({ columns: ['a'] }), '"columns" to be names of category columns'],
    [changed({ columns: [] }), '"columns" to be names of category columns'],
    [changed({ levels: [['p', 'p']] }), '"levels" to be a list that passes isLevels'],
    [changed({ levels: [['p'], ['q']] }), '"levels" to be the levels of each column'],
    [changed({ cells: packArray(Int32Array.of(1, 1)) }), '"cells" to be ascending numbers'],
    [changed({ cells: packArray(Int32Array.of(-1)) }), '"cells" to be the base64 of finite numbers'],
    [changed({ cells: packArray(Int32Array.of(1e6)) }), '"cells" to be the base64 of finite numbers'],
    [changed({ shares: packArray(Float64Array.of(0.5)) }), '"shares" to be the base64 of'],
  ])('rejects %j', (changes, message) => {
    expect(() => restore(changes)).toThrow(
      expect.objectContaining({ code: 'model-file', message: expect.stringContaining(message) }),
    );
  });
});
