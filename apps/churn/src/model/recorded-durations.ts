import type { JsonObject, StateReader } from '@churn/core';
import type { DurationsConfig } from '../config/target.js';

/** What a model file keeps of the times that its model predicts. */
export interface RecordedDurations {
  /** In the unit of the durations, ascending. */
  readonly horizons: readonly number[];
  /** The column that says whether the event came. */
  readonly event: string;
  /** What that column says where it came; without it, a word for yes. */
  readonly positive?: string;
  /** The column that says for how long each row has been there; without it, none has been. */
  readonly elapsed?: string;
  /** What people call the unit of time, if that is known. */
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
 * What `recordOfDurations` wrote; nothing in the record of a model that predicts no times.
 * @throws `model-file` if something else stands there.
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
