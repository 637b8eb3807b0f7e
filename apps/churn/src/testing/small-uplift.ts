import { type JsonObject, savedPart, Table } from '@churn/core';
import { UpliftForest } from '@churn/uplift';

/** The uplift record for a model like that of `saveSmallModel`, in which a call retains rows with high usage. */
export function smallUplift(): JsonObject {
  const n = 400;
  const usage = Float64Array.from({ length: n }, (_, i) => (i * 37) % 100);
  const age = Float64Array.from({ length: n }, (_, i) => 20 + (i % 50));
  const call = Float64Array.from({ length: n }, (_, i) => Math.floor(i / 100) % 2);
  const stayed = Array.from(usage, (value, i) => Number(value > 50 === (call[i] === 1) || i % 3 === 0));
  const forest = new UpliftForest({ treatment: 'call', control: 0, nEstimators: 5 });
  const model = savedPart(forest.fit(Table.fromColumns({ usage, age, call }), stayed));
  return {
    treatment: { column: 'call', control: 'no', treated: 'yes' },
    qini: { value: 0.1, low: 0, high: 0.2 },
    model,
  };
}
