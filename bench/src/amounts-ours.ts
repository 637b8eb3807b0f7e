/**
 * Fits one of our regressors with its defaults to a split of a data set, and prints its metrics.
 *
 * Arguments: the model, the training file, the test file and the target.
 */
import { Pipeline, type Regressor } from '@churn/core';
import { readCsv } from '@churn/io';
import { GradientBoostingRegressor, RandomForestRegressor } from '@churn/models';
import { meanAbsoluteError, rootMeanSquaredError } from '@churn/selection';
import { OrdinalEncoder } from '@churn/transforms';
import type { QualityFigures } from './quality-tables.js';

const [model, trainFile, testFile, target] = process.argv.slice(2);

const train = await readCsv(trainFile, { schema: [{ name: target, kind: 'numeric' }] });
const schema = train.names.map((name) => ({ name, kind: train.column(name).kind }));
const test = await readCsv(testFile, { schema });

const regressors: Readonly<Record<string, () => Regressor>> = {
  GradientBoostingRegressor: () => new GradientBoostingRegressor(),
  RandomForestRegressor: () => new Pipeline([new OrdinalEncoder()], new RandomForestRegressor()),
};

const before = process.cpuUsage();
const fitted = regressors[model]().fit(train.drop([target]), train.numeric(target));
const predicted = fitted.predict(test.drop([target]));
const { user, system } = process.cpuUsage(before);

const truth = test.numeric(target);
const deviation = rootMeanSquaredError(truth, new Float64Array(truth.length).fill(meanOf(truth)));
const figures: QualityFigures<'rmse' | 'mae'> = {
  rmse: rootMeanSquaredError(truth, predicted) / deviation,
  mae: meanAbsoluteError(truth, predicted) / deviation,
  seconds: (user + system) / 1e6,
};
process.stdout.write(JSON.stringify(figures));

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
