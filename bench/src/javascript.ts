import type { Classifier, FittedClassifier, Table } from '@churn/core';
import { LogisticRegression, RandomForestClassifier, SVC, setThreads } from '@churn/models';
import { LibsvmSvc, MlLogisticRegression, MlRandomForest } from '@churn/models/mljs';
import libsvm from 'libsvm-js';
import MlLogistic from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import { RandomForestClassifier as MlForest } from 'ml-random-forest';
import { test, testAuc, train, yTrain } from './split.js';

// Peers have one thread, too.
setThreads(1);

// Models of this package and of other JavaScript libraries, in one process. Only a library's own training is timed.

const figures: { ours: Record<string, number>; peer: Record<string, number> } = { ours: {}, peer: {} };
let secondsInLibrary = 0;

/** Times the training of a library's class. */
function timeTraining({
  prototype,
}: {
  readonly prototype: { train(rows: never, codes: never): void };
}): void {
  const { train: untimed } = prototype;
  prototype.train = function (rows, codes) {
    const start = performance.now();
    untimed.call(this, rows, codes);
    secondsInLibrary += (performance.now() - start) / 1000;
  };
}

function compare(name: string, ours: Classifier, peer: Classifier): void {
  const start = performance.now();
  const model = ours.fit(train, yTrain);
  figures.ours[`${name}: fit, seconds`] = (performance.now() - start) / 1000;
  figures.ours[`${name}: 1 - test AUC`] = 1 - testAuc(scoresOf(model));
  secondsInLibrary = 0;
  const other = peer.fit(train, yTrain);
  figures.peer[`${name}: fit, seconds`] = secondsInLibrary;
  figures.peer[`${name}: 1 - test AUC`] = 1 - testAuc(scoresOf(other));
}

function scoresOf(model: FittedClassifier & { decisionFunction?(x: Table): Float64Array[] }): Float64Array {
  return model.decisionFunction ? model.decisionFunction(test)[0] : model.predictProba(test)[1];
}

const svm = await libsvm;
for (const library of [svm, MlLogistic, MlForest]) timeTraining(library);
for (const [kernel, C] of [
  ['rbf', 10],
  ['poly', 10],
  ['linear', 1],
] as const) {
  const options = { kernel, C, probability: false };
  compare(
    `SVC, ${kernel}, C = ${C}, and libsvm-js`,
    new SVC(options),
    new LibsvmSvc({ engine: svm, ...options }),
  );
}
compare(
  'logistic regression, and 1,000 steps of ml-logistic-regression',
  new LogisticRegression({ penalty: 'none' }),
  new MlLogisticRegression({ engine: { LogisticRegression: MlLogistic, Matrix } }),
);
compare(
  'one tree of depth 5, and ml-random-forest',
  new RandomForestClassifier({ nEstimators: 1, maxDepth: 5, maxFeatures: train.names.length }),
  new MlRandomForest({ engine: MlForest, nEstimators: 1, maxDepth: 5 }),
);
process.stdout.write(JSON.stringify(figures));
