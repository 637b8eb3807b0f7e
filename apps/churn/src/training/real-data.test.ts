import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Labels, type Table } from '@churn/core';
import { readCsv } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import { rocAuc } from '@churn/selection';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PowerTransformer,
  SkewCorrector,
  StandardScaler,
} from '@churn/transforms';

interface Reference {
  means: Record<string, number>;
  modes: Record<string, string>;
  skews: Record<string, number>;
  lambdas: Record<string, number>;
  ratios: Record<string, Record<string, number>>;
  logisticRegression: {
    penalty: 'l1' | 'l2';
    C: number;
    penalizeIntercept: boolean;
    objective: number;
    testAuc: number;
  }[];
  test: number[];
}

const file = process.env.CHURN_REAL_DATA;
const describeReal = file ? describe : describe.skip;
const why = file ? '' : ' (skipped: CHURN_REAL_DATA does not name the real file)';

describeReal(`on the real file, everything is fitted on training rows only${why}`, () => {
  const path = join(__dirname, '../../test/reference/scikit_learn.json');
  const reference: Reference = JSON.parse(readFileSync(path, 'utf8'));
  let train: Table;
  let yTrain: Labels;
  let test: Table;
  let yTest: Labels;

  beforeAll(async () => {
    const table = await readCsv(file as string);
    const { codes, levels } = table.category('Attrition_Flag');
    const labels = Labels.from(
      Array.from(codes, (code) => levels[code]),
      ['Existing Customer', 'Attrited Customer'],
    );
    const inTest = new Set(reference.test);
    const trainRows = [...labels.codes.keys()].filter((row) => !inTest.has(row));
    const features = table.drop(['Unnamed: 0', 'CLIENTNUM', 'Attrition_Flag']);
    [train, test] = [features.take(trainRows), features.take(reference.test)];
    [yTrain, yTest] = [labels.take(trainRows), labels.take(reference.test)];
  });

  it('learns the means, modes and category frequencies of pandas', () => {
    expectRelative(new MeanImputer().fit(train).state.means, reference.means, 1e-9);
    expect(new ModeImputer().fit(train).state.modes).toEqual(reference.modes);
    const { ratios } = new CategoryEncoder().fit(train, yTrain).state;
    expect(Object.keys(ratios)).toEqual(Object.keys(reference.ratios));
    for (const [name, expected] of Object.entries(reference.ratios)) {
      expectRelative(ratios[name], expected, 1e-9);
    }
  });

  it('finds the skewness of pandas, and transforms the same columns with the lambdas of scikit-learn', () => {
    const { skews, lambdas } = new SkewCorrector().fit(train).state;
    expectRelative(skews, reference.skews, 1e-9);
    expect(Object.keys(lambdas).sort()).toEqual(Object.keys(reference.lambdas).sort());
    for (const [name, lambda] of Object.entries(reference.lambdas)) {
      expect(Math.abs(Number(lambdas[name]) - lambda)).toBeLessThan(1e-5);
    }
  });

  it('reaches every optimum of logistic regression, with the same test AUC', () => {
    // As in the reference, training rows are encoded by the ratios of all training rows, not out of fold.
    const columns = Object.keys(reference.lambdas);
    const steps = [new PowerTransformer({ columns }), new CategoryEncoder(), new StandardScaler()];
    let [x, xTest] = [train, test];
    for (const step of steps) {
      const fitted = step.fit(x, yTrain);
      [x, xTest] = [fitted.transform(x), fitted.transform(xTest)];
    }
    for (const { penalty, C, penalizeIntercept, objective, testAuc } of reference.logisticRegression) {
      const model = new LogisticRegression({ penalty, C, penalizeIntercept }).fit(x, yTrain);
      const [{ coefficients, intercept }] = model.terms;
      const weights = penalizeIntercept ? [...coefficients, intercept] : coefficients;
      const size = weights.reduce((sum, w) => sum + (penalty === 'l1' ? Math.abs(w) : (w * w) / 2), 0);
      const reached = C * logLoss(model.decisionFunction(x)[0], yTrain) + size;
      expect(Math.abs(reached - objective) / objective).toBeLessThan(1e-6);
      expect(Math.abs(rocAuc(yTest, model.predictProba(xTest)[1]) - testAuc)).toBeLessThan(0.0005);
    }
  });
});

function expectRelative(
  received: Readonly<Record<string, number | null>>,
  expected: Readonly<Record<string, number>>,
  tolerance: number,
) {
  expect(Object.keys(received).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    expect({ name, isNear: Math.abs(Number(received[name]) - value) <= tolerance * Math.abs(value) }).toEqual(
      {
        name,
        isNear: true,
      },
    );
  }
}

function logLoss(scores: Float64Array, { codes }: Labels): number {
  return scores.reduce((sum, z, row) => sum + Math.log1p(Math.exp(codes[row] === 1 ? -z : z)), 0);
}
