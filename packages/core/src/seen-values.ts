import type { FittedPipeline } from './fitted-pipeline.js';
import type { NumericSummary } from './summary.js';

/** What training saw of a raw column. */
export type SeenValues = SeenLevels | SeenNumbers;

export interface SeenLevels {
  readonly kind: 'category';
  /** All of them: any other text was never seen. */
  readonly levels: ReadonlySet<string>;
}

export interface SeenNumbers {
  readonly kind: 'numeric';
  /** The least and the greatest number. */
  readonly min: number;
  readonly max: number;
  /** A number below `low` or above `high` lies far beyond them. */
  readonly low: number;
  readonly high: number;
}

/** How many times the width of the range of training a number may lie outside of it before it is far beyond. */
const FAR = 5;

/**
 * What training saw of the raw columns of a pipeline, by their names. Left out are columns of which too little is known: more levels
 * than a summary keeps, no value at all, or a model file of the first version. So are dates, of which a new one is to be expected.
 *
 * A number is far beyond the range of training when it lies outside by more than five times the width of that range; where all numbers
 * were one, by more than five times its size, or 1 where that is 0.
 */
export function seenValues({
  summary,
  steps,
}: Pick<FittedPipeline, 'summary' | 'steps'>): ReadonlyMap<string, SeenValues> {
  const dates = new Set(steps.flatMap((step) => step.dates ?? []));
  const seen = new Map<string, SeenValues>();
  for (const column of summary?.columns ?? []) {
    if (column.kind === 'numeric') {
      const numbers = seenNumbers(column);
      if (numbers) seen.set(column.name, numbers);
    } else if (
      column.levels.length > 0 &&
      column.levels.length === column.distinct &&
      !dates.has(column.name)
    ) {
      seen.set(column.name, { kind: 'category', levels: new Set(column.levels.map(([level]) => level)) });
    }
  }
  return seen;
}

function seenNumbers({ min, max }: NumericSummary): SeenNumbers | undefined {
  if (min === null || max === null) return undefined;
  const margin = FAR * (max - min || Math.abs(max) || 1);
  return { kind: 'numeric', min, max, low: min - margin, high: max + margin };
}
