import { type JsonObject, StateReader } from '@churn/core';

/** The column with the labels, as training knew it; a file of an earlier version does not tell it. */
export function recordedTarget(training: JsonObject): string | undefined {
  const record = new StateReader('training', training);
  return record.has('target') ? record.child('target').string('column') : undefined;
}
