import { rocAuc } from '@churn/selection';
import { CategoryEncoder, MeanImputer, SkewCorrector, StandardScaler } from '@churn/transforms';
import { readCustomers } from './data.js';

// Seventy of each hundred customers are training rows, the others test rows; the processing is fitted on the former.
const { x, y } = await readCustomers();
const isTest = (row: number) => row % 10 < 3;
const rows = Array.from({ length: x.nRows }, (_, row) => row);
const [trainRows, testRows] = [rows.filter((row) => !isTest(row)), rows.filter(isTest)];
export const [yTrain, yTest] = [y.take(trainRows), y.take(testRows)];
let [trained, tested] = [x.take(trainRows), x.take(testRows)];
for (const step of [new MeanImputer(), new SkewCorrector(), new CategoryEncoder(), new StandardScaler()]) {
  const fitted = step.fit(trained, yTrain);
  [trained, tested] = [fitted.transform(trained), fitted.transform(tested)];
}
export const [train, test] = [trained, tested];

/** The ROC AUC of the test rows. */
export function testAuc(scores: Float64Array): number {
  return rocAuc(yTest, scores);
}
