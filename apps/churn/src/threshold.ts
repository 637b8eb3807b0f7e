import type { JsonObject } from '@churn/core';

/** Whether a probability is one of the positive class. */
export type Decision = (probability: number) => boolean;

/** Positive from the threshold on; without one, where the positive class is the likelier one. */
export function decisionAt(threshold: number | undefined): Decision {
  return threshold === undefined
    ? (probability) => probability > 0.5
    : (probability) => probability >= threshold;
}

/** The threshold in the record of a model file, if training chose one. */
export function thresholdOf({ threshold }: JsonObject): number | undefined {
  return typeof threshold === 'number' ? threshold : undefined;
}
