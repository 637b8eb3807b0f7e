import { exp, type JsonObject, log, Pipeline, Random, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { predictionReference, referenceProfile } from '@churn/monitor';
import { CoxRegression, probabilityWithin } from '@churn/survival';
import { CategoryEncoder, MeanImputer, ModeImputer } from '@churn/transforms';

/**
 * Saves a small survival model of `plan`, a category (A, B, C), and `usage` (0 to 99), a number; `tenure` is the elapsed time.
 * @param training additional fields of its training record.
 */
export async function saveSurvivalModel(file: string, training: JsonObject = {}): Promise<void> {
  const random = new Random(4);
  const usage = Array.from({ length: 200 }, (_, i) => (i * 37) % 100);
  const x = Table.fromColumns({ plan: usage.map((_, i) => 'ABC'[i % 3]), usage });
  const times = usage.map((value) => Math.ceil(-log(1 - random.uniform()) * 60 * exp(-value / 50)));
  const ends = usage.map(() => 10 + random.int(60));
  const y = {
    durations: times.map((time, i) => Math.min(time, ends[i])),
    events: times.map((time, i) => time <= ends[i]),
  };
  const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
  const model = new Pipeline(steps, new CoxRegression({ alpha: 0.001 })).fit(x, y);
  const [within10, within30] = probabilityWithin(model, x, [10, 30]);
  const predicted = predictionReference(
    new Map([
      ['within 10', within10],
      ['within 30', within30],
    ]),
  );
  const reference = { ...referenceProfile(x), predicted } as unknown as JsonObject;
  const target = { column: 'tenure', event: 'left', elapsed: 'tenure', horizons: [10, 30] };
  await saveModel(file, model, {
    ...{ reference, predicts: 'leaving', target },
    ...training,
  });
}
