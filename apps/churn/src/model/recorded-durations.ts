import type { JsonObject, StateReader } from '@churn/core';
import type { DurationsConfig } from '../config/target.js';

/** The metadata of durations in a model file. */
export interface RecordedDurations {
  /** The horizons in the unit of the durations, ascending. */
  readonly horizons: readonly number[];
  /** The column that says whether the event occurred. */
  readonly event: string;
  /** The level that means that it occurred; by default a word for yes. */
  readonly positive?: string;
  /** The column with the time that each row has been observed; without it, 0. */
  readonly elapsed?: string;
  /** The name of the unit of time, if known. */
  readonly unit?: string;
}

export function recordOfDurations(
  { event, entry, elapsed, horizons, unit }: DurationsConfig,
  positive: string | undefined,
): JsonObject {
  return {
    event,
    ...(entry !== undefined && { entry }),
    ...(elapsed !== undefined && { elapsed }),
    horizons: [...horizons],
    ...(positive !== undefined && { positive }),
    ...(unit !== undefined && { unit }),
  };
}

/**
 * Reads the result of `recordOfDurations`; `undefined` if the model is not a survival model.
 * @throws `model-file` if the record is invalid.
 */
export function recordedDurations(training: StateReader): { readonly durations?: RecordedDurations } {
  if (!training.has('target')) return {};
  const target = training.child('target');
  if (!target.has('horizons')) return {};
  const horizons = target.numbers('horizons');
  const areTimes = horizons.length > 0 && horizons.every((each, i) => each > (horizons[i - 1] ?? 0));
  target.expect(areTimes, 'horizons', 'one or more ascending numbers above 0');
  const event = target.string('event');
  const [elapsed, positive, unit] = ['elapsed', 'positive', 'unit'].map((key) =>
    target.has(key) ? target.string(key) : undefined,
  );
  return {
    durations: {
      ...{ event, horizons },
      ...(elapsed !== undefined && { elapsed }),
      ...(positive !== undefined && { positive }),
      ...(unit !== undefined && { unit }),
    },
  };
}
