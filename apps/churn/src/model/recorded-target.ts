import { type JsonObject, StateReader } from '@churn/core';

/** The target column of the training; `undefined` for files of earlier versions. */
export function recordedTarget(training: JsonObject): string | undefined {
  const record = new StateReader('training', training);
  return record.has('target') ? record.child('target').string('column') : undefined;
}
