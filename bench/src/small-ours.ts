import type { Classifier } from '@churn/core';
import { readCsv } from '@churn/io';
import {
  DecisionTreeClassifier,
  GradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  RandomForestClassifier,
  setThreads,
} from '@churn/models';
import { rocAuc } from '@churn/selection';

// Peers have one thread, too.
setThreads(1);

const [train, test] = await Promise.all(process.argv.slice(2, 4).map((file) => readCsv(file)));
const [x, xTest] = [train.drop(['label']), test.drop(['label'])];
const [y, yTest] = [train.numeric('label'), test.numeric('label')];

const models: Record<string, Classifier> = {
  'logistic regression': new LogisticRegression(),
  'decision tree, depth 5': new DecisionTreeClassifier({ maxDepth: 5 }),
  '15 neighbours': new KNeighborsClassifier({ nNeighbors: 15 }),
  'forest, 50 trees': new RandomForestClassifier({ nEstimators: 50 }),
  'boosting, 100 trees': new GradientBoostingClassifier({ nEstimators: 100 }),
};
const found = Object.entries(models).map(([name, specification]) => {
  const begun = performance.now();
  const model = specification.fit(x, y);
  const fitted = performance.now();
  const probabilities = model.predictProba(xTest);
  const scored = performance.now();
  const auc = rocAuc(yTest, probabilities);
  return [name, { '@churn/models': { fit: fitted - begun, score: scored - fitted, auc } }];
});
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
