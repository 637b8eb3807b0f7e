import { type JsonObject, Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  StandardScaler,
} from '@churn/transforms';

/**
 * Saves a small model of `plan`, a category (A, B, C), and `usage` (0 to 99) and `age` (20 to 69), numbers; products of them overflow.
 * @param training its training record.
 * @param C the inverse of the penalty.
 */
export async function saveSmallModel(file: string, training: JsonObject = {}, C = 1): Promise<void> {
  const n = 200;
  const usage = Array.from({ length: n }, (_, i) => (i * 37) % 100);
  const x = Table.fromColumns({
    plan: usage.map((_, i) => 'ABC'[i % 3]),
    usage,
    age: usage.map((_, i) => 20 + (i % 50)),
  });
  const y = usage.map((value, i) => (value + (i % 3) * 15 + ((i * 13) % 40) > 85 ? 'yes' : 'no'));
  const steps = [
    new MeanImputer(),
    new ModeImputer(),
    new CategoryEncoder({ folds: 2 }),
    new PolynomialFeatures({ degree: 2 }),
    new StandardScaler(),
  ];
  await saveModel(file, new Pipeline(steps, new LogisticRegression({ C })).fit(x, y), training);
}
