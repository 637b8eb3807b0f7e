import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ColumnData, type FittedClassifier, type FittedModel, Random, Table } from '@churn/core';
import {
  DecisionTreeClassifier,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  LogisticRegression,
  RandomForestClassifier,
  RandomForestRegressor,
} from '@churn/models';
import { fromLightGBM } from './from-lightgbm';
import { fromXGBoost } from './from-xgboost';
import type { ImportedTrees } from './imported-trees';
import { toLightGBM } from './to-lightgbm';
import { toXGBoost } from './to-xgboost';

/** A Python that has lightgbm and xgboost. */
const python = process.env.PEERS_PYTHON;

const LEVELS = [
  'x',
  'ab',
  'größer',
  'a name with spaces',
  ...Array.from({ length: 40 }, (_, i) => `level ${i}`),
];

/** Rows with gaps whose numbers fit into 32 bits, and their classes. */
function rowsOf(seed: number, nClasses: number, withCategory: boolean, nRows = 500) {
  const random = new Random(seed);
  const y = Array.from({ length: nRows }, () => random.int(nClasses));
  const numbers = (round: number): ColumnData =>
    Float64Array.from(y, (code) =>
      random.uniform() < 0.1 ? NaN : Math.fround(Math.round((code + random.normal()) * round) / round),
    );
  const columns: Record<string, ColumnData> = { a: numbers(1e6), b: numbers(4), c: numbers(1e6) };
  if (withCategory) {
    const levels = y.map((code) => {
      if (random.uniform() < 0.1) return null;
      return random.uniform() < 0.5 ? LEVELS[code] : LEVELS[random.int(LEVELS.length)];
    });
    columns['level of it'] = levels;
  }
  return { x: Table.fromColumns(columns), y };
}

const MODELS: [string, number, boolean, { fit(x: Table, y: number[]): FittedClassifier }][] = [
  ['symmetric boosting', 2, false, new GradientBoostingClassifier({ nEstimators: 20 })],
  [
    'boosting with categories',
    2,
    true,
    new GradientBoostingClassifier({ nEstimators: 20, categories: 'sets', growth: 'leaf' }),
  ],
  [
    'boosting of three classes',
    3,
    true,
    new GradientBoostingClassifier({ nEstimators: 8, categories: 'sets' }),
  ],
  ['a forest', 2, false, new RandomForestClassifier({ nEstimators: 12 })],
  ['a forest of three classes', 3, false, new RandomForestClassifier({ nEstimators: 12 })],
  ['a tree', 2, false, new DecisionTreeClassifier({ maxDepth: 5 })],
];

/** The raw scores of a model; of forests their probabilities. */
function scoresOf(model: FittedModel, x: Table): Float64Array[] {
  if ('decisionFunction' in model)
    return [(model as ImportedTrees).decisionFunction(x)].flat() as Float64Array[];
  const probabilities = (model as FittedClassifier).predictProba(x);
  return probabilities.length === 2 ? [probabilities[1]] : probabilities;
}

function furthest(found: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): number {
  expect(found).toHaveLength(expected.length);
  return expected.reduce<number>(
    (most, column, k) =>
      Array.from(column).reduce(
        (before, value, row) => Math.max(before, Math.abs(found[k][row] - value)),
        most,
      ),
    0,
  );
}

describe.each(MODELS)('%s', (_, nClasses, withCategory, model) => {
  const { x, y } = rowsOf(1, nClasses, withCategory);
  const fitted = model.fit(x, y);

  it('survives a LightGBM round trip except for names', () => {
    const names = { features: fitted.features, classes: fitted.classes };
    if (fitted.type.includes('Forest') || fitted.type.includes('Tree')) {
      // It gives probabilities, for which LightGBM has no objective.
      expect(() => fromLightGBM(toLightGBM(fitted), names)).toThrow('objective');
      return;
    }
    const again = fromLightGBM(toLightGBM(fitted), names);
    expect(furthest(scoresOf(again, x), scoresOf(fitted, x))).toBeLessThan(1e-12);
  });

  it('survives an XGBoost round trip in single precision', () => {
    if (nClasses === 3 && !fitted.type.includes('Boosting')) {
      expect(() => fromXGBoost(toXGBoost(fitted))).toThrow('several targets');
      return;
    }
    const levels = { 'level of it': (fitted.schema?.length === 4 && levelsOf(fitted)) || [] };
    const again = fromXGBoost(toXGBoost(fitted), { levels });
    expect(furthest(scoresOf(again, x), scoresOf(fitted, x))).toBeLessThan(1e-5);
  });
});

it('a regression forest survives round trips through both formats', () => {
  const { x } = rowsOf(3, 2, false);
  const amounts = x.numeric('a').map((value) => 3 * (value || 0) ** 2);
  const fitted = new RandomForestRegressor({ nEstimators: 12, minSamplesLeaf: 3 }).fit(x, amounts);
  const expected = [fitted.predict(x)];
  const fromText = fromLightGBM(toLightGBM(fitted), { features: fitted.features });
  expect(furthest([fromText.predict(x) as Float64Array], expected)).toBeLessThan(1e-12);
  expect(furthest([fromXGBoost(toXGBoost(fitted)).predict(x) as Float64Array], expected)).toBeLessThan(1e-4);
});

/** The levels of the category, in the order of the model. */
function levelsOf(model: FittedModel): readonly string[] {
  const features =
    'boosted' in model ? (model.boosted as { binning: { features: object[] } }).binning.features : [];
  const found = features.find((feature) => 'levels' in feature) as { levels: string[] } | undefined;
  return found?.levels ?? [];
}

it.each(['squaredError', 'gamma'] as const)('regression with the loss %s survives round trips', (loss) => {
  const { x } = rowsOf(1, 2, true);
  const amounts = Array.from({ length: x.nRows }, (_, row) => 1 + ((row * 7) % 11));
  const model = new GradientBoostingRegressor({ loss, nEstimators: 8, categories: 'sets' }).fit(x, amounts);
  const expected = [model.predict(x)];
  const ofLightGBM = fromLightGBM(toLightGBM(model), { features: model.features });
  expect(furthest([ofLightGBM.predict(x) as Float64Array], expected)).toBeLessThan(1e-11);
  const levels = { 'level of it': levelsOf(model) };
  const ofXGBoost = fromXGBoost(toXGBoost(model), { levels });
  expect(furthest([ofXGBoost.predict(x) as Float64Array], expected)).toBeLessThan(1e-4);
  const quantiles = new GradientBoostingRegressor({
    loss: 'quantile',
    quantiles: [0.1, 0.9],
    nEstimators: 2,
    categories: 'sets',
  });
  expect(() => toLightGBM(quantiles.fit(x, amounts))).toThrow('fit a model for each quantile');
});

it('rejects other models, naming the expected ones', () => {
  const { x, y } = rowsOf(1, 2, false);
  const filled = x.with(
    Object.fromEntries(x.names.map((name) => [name, x.numeric(name).map((value) => value || 0)])),
  );
  const model = new LogisticRegression().fit(filled, y);
  for (const write of [toLightGBM, toXGBoost]) {
    expect(() => write(model)).toThrow(/^LogisticRegression: .*expected gradient boosting/);
  }
  const statistics = new GradientBoostingClassifier({ nEstimators: 3, categories: 'statistics' });
  const { x: withCategory } = rowsOf(1, 2, true);
  expect(() => toLightGBM(statistics.fit(withCategory, y))).toThrow("categories: 'sets'");
});

(python ? describe : describe.skip)(
  `files for other libraries${python ? '' : ' (skipped: no PEERS_PYTHON)'}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'exported-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each([
      ['lightgbm', toLightGBM, 1e-12],
      ['xgboost', toXGBoost, 1e-5],
    ] as const)('%s returns the same scores', (library, write, digits) => {
      const own = join(folder, library);
      mkdirSync(own);
      const written = MODELS.map(([name, nClasses, withCategory, model], i) => {
        const { x, y } = rowsOf(1, nClasses, withCategory);
        const { x: asked } = rowsOf(2, nClasses, withCategory, 200);
        const fitted = model.fit(x, y);
        writeFileSync(join(own, `${i}.model`), write(fitted));
        const columns = Object.fromEntries(
          asked.names.map((column) => [
            column,
            Array.from({ length: 200 }, (_, row) => asked.row(row)[column]),
          ]),
        );
        const levels = withCategory ? { 'level of it': levelsOf(fitted) } : {};
        writeFileSync(join(own, `${i}.rows.json`), JSON.stringify({ x: columns, levels }));
        return { name, fitted, asked };
      });
      execFileSync(python as string, [join(__dirname, 'peer-scores.py'), library, own], { stdio: 'pipe' });
      written.forEach(({ name, fitted, asked }, i) => {
        const known = JSON.parse(readFileSync(join(own, `${i}.scores.json`), 'utf8'));
        const isForest = !('boosted' in fitted);
        const expected = isForest ? known.predicted : known.raw;
        expect([name, furthest(scoresOf(fitted, asked), expected) < digits]).toEqual([name, true]);
      });
    });
  },
);
