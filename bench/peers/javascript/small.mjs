// Models of other JavaScript libraries: milliseconds to fit and to score, and the test ROC AUC.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { rocAuc } from '@churn/selection';
import * as tf from '@tensorflow/tfjs';
import { DecisionTreeClassifier as MlTree } from 'ml-cart';
import MlKnn from 'ml-knn';
import MlLogistic from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import loadYdf from 'ydf-training';

// Its ES modules import files without extensions, which Node does not resolve.
const scikit = createRequire(import.meta.url)('scikitjs');
scikit.setBackend(tf);
const ydf = await loadYdf();
const [train, test] = process.argv.slice(2, 4).map((file) => {
  const text = readFileSync(file, 'utf8');
  const rows = text.trimEnd().split('\n').slice(1);
  const numbers = rows.map((row) => row.split(',').map(Number));
  // Numeric labels would mean regression.
  const withTexts = text.replaceAll(/,([01])$/gm, (_, label) => (label === '1' ? ',yes' : ',no'));
  return { text: withTexts, x: numbers.map((row) => row.slice(0, -1)), y: numbers.map((row) => row.at(-1)) };
});

/** The probability of the positive class, as scikit.js numbers classes in the order of their first rows. */
const positive = [...new Set(train.y)].indexOf(1);
const ofPositive = async (predicted) =>
  (await (predicted.array?.() ?? predicted)).map((row) => row[positive]);
/** The adapter for models of scikit.js. */
const ofScikit = (model) => ({
  fit: () => model.fit(train.x, train.y),
  score: () => ofPositive(model.predictProba(test.x)),
});
const ofMl = (make, predict) => {
  let model;
  return {
    fit: () => {
      model = make();
    },
    score: () => predict(model),
  };
};
const ofYdf = (Learner) => {
  let model;
  return {
    fit: () => {
      model = new Learner('label', 'CLASSIFICATION').train(train.text);
    },
    score: () => Array.from(model.predict(test.text)),
  };
};
const trained = (model) => {
  model.train(train.x, train.y);
  return model;
};
const matrix = (rows) => new Matrix(rows);

const models = {
  'logistic regression': {
    'scikit.js': ofScikit(new scikit.LogisticRegression()),
    'ml.js': ofMl(
      () => {
        const model = new MlLogistic({ numSteps: 1000, learningRate: 5e-3 });
        model.train(matrix(train.x), Matrix.columnVector(train.y));
        return model;
      },
      (model) => Array.from(model.predict(matrix(test.x))),
    ),
  },
  'decision tree, depth 5': {
    'scikit.js': ofScikit(new scikit.DecisionTreeClassifier({ maxDepth: 5 })),
    'ml.js': ofMl(
      () => trained(new MlTree({ maxDepth: 5, gainFunction: 'gini' })),
      (model) => model.predict(test.x),
    ),
  },
  '15 neighbours': {
    'scikit.js': ofScikit(new scikit.KNeighborsClassifier({ nNeighbors: 15 })),
    'ml.js': ofMl(
      () => new MlKnn(train.x, train.y, { k: 15 }),
      (model) => model.predict(test.x),
    ),
  },
  'forest, 50 trees': {
    'ydf-training': ofYdf(ydf.RandomForestLearner),
  },
  'boosting, 100 trees': { 'ydf-training': ofYdf(ydf.GradientBoostedTreesLearner) },
};

const found = {};
for (const [name, libraries] of Object.entries(models)) {
  found[name] = {};
  for (const [library, { fit, score }] of Object.entries(libraries)) {
    const begun = performance.now();
    await fit();
    const fitted = performance.now();
    const scores = await score();
    const scored = performance.now();
    found[name][library] = { fit: fitted - begun, score: scored - fitted, auc: rocAuc(test.y, scores) };
  }
}
// On a separate line, since ydf-training also writes to standard output.
process.stdout.write(`\n${JSON.stringify(found)}\n`);
