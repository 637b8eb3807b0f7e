import { type JsonObject, Pipeline, Table, TargetValues } from '@churn/core';
import { saveModel } from '@churn/io';
import { Ridge } from '@churn/models';
import { predictionReference, referenceProfile } from '@churn/monitor';
import { CategoryEncoder, MeanImputer, ModeImputer } from '@churn/transforms';

/**
 * Saves a small regression model of `plan`, a category (A, B, C), and `usage` (0 to 99), a number.
 * @param training its training record.
 */
export async function saveValueModel(file: string, training: JsonObject = {}): Promise<void> {
  const usage = Array.from({ length: 200 }, (_, i) => (i * 37) % 100);
  const x = Table.fromColumns({ plan: usage.map((_, i) => 'ABC'[i % 3]), usage });
  const y = TargetValues.from(usage.map((value, i) => 10 + value * 2 + (i % 3) * 15 + ((i * 13) % 7)));
  const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
  const model = new Pipeline(steps, new Ridge()).fit(x, y);
  const predicted = predictionReference(new Map([['prediction', model.predict(x)]]));
  const reference = { ...referenceProfile(x), predicted } as unknown as JsonObject;
  await saveModel(file, model, { reference, ...training });
}
