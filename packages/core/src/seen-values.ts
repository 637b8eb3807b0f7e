import type { FittedPipeline } from './fitted-pipeline.js';
import type { FittedPart } from './model.js';
import { dateColumns, replacedLevels } from './raw-readings.js';
import type { NumericSummary } from './summary.js';

/** The values of a raw column in training. */
export type SeenValues = SeenLevels | SeenNumbers;

export interface SeenLevels {
  readonly kind: 'category';
  /** All levels, and those that the pipeline treats as one of them or as missing: any other text was never seen. */
  readonly levels: ReadonlySet<string>;
}

export interface SeenNumbers {
  readonly kind: 'numeric';
  /** The minimum and the maximum. */
  readonly min: number;
  readonly max: number;
  /** A number below `low` or above `high` is far beyond them. */
  readonly low: number;
  readonly high: number;
}

/** A number is far beyond the training range if it is outside by more than this many times its width. */
const FAR = 5;

/**
 * The values of a pipeline's raw columns in training, by name. Columns about which too little is known are left out: more levels than a
 * summary keeps, no value at all, or a model file of format version 1. So are date columns, where new values are to be expected.
 *
 * A number is far beyond the training range if it is outside by more than five times the width of that range; for a constant column, by
 * more than five times its absolute value, or five times 1 if that is 0.
 */
export function seenValues(pipeline: FittedPipeline<FittedPart>): ReadonlyMap<string, SeenValues> {
  const dates = dateColumns(pipeline);
  const replaced = replacedLevels(pipeline);
  const seen = new Map<string, SeenValues>();
  for (const column of pipeline.summary?.columns ?? []) {
    if (column.kind === 'numeric') {
      const numbers = seenNumbers(column);
      if (numbers) seen.set(column.name, numbers);
    } else if (
      column.levels.length > 0 &&
      column.levels.length === column.distinct &&
      !dates.has(column.name)
    ) {
      const levels = column.levels.map(([level]) => level);
      seen.set(column.name, { kind: 'category', levels: withReplaced(levels, replaced.get(column.name)) });
    }
  }
  return seen;
}

/** The levels that become a missing value, or one of those that `levels` become. */
function withReplaced(
  levels: readonly string[],
  replaced: ReadonlyMap<string, string | null> = new Map(),
): Set<string> {
  const used = (level: string) => replaced.get(level) ?? (replaced.has(level) ? null : level);
  const known = new Set([null, ...levels.map(used)]);
  const all = [...levels, ...replaced.keys(), ...known].filter((level) => level !== null);
  return new Set(all.filter((level) => known.has(used(level))));
}

function seenNumbers({ min, max }: NumericSummary): SeenNumbers | undefined {
  if (min === null || max === null) return undefined;
  const margin = FAR * (max - min || Math.abs(max) || 1);
  return { kind: 'numeric', min, max, low: min - margin, high: max + margin };
}
