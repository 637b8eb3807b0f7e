import type { Cell, TableSchema } from '@churn/core';
import { toldProbabilities } from '../model/decision.js';
import { intervalEnds, type ValueInterval } from '../model/value-interval.js';
import { predictionColumns, timeColumns, upliftColumns, valueColumns } from './prediction-columns.js';
import type { ScoredRows } from './score-rows.js';
import type { AnyScoringModel } from './scoring-model.js';

/** What is told of scored rows. */
interface ToldRows {
  /** What the columns that scoring adds hold. */
  readonly cells: readonly ArrayLike<Cell>[];
  /** How many rows each class was called for; of values and times nothing. */
  readonly called: readonly number[];
  /** What rows are put in order by, the highest being the first: the probability that is told of each, or its value. */
  readonly rank: Float64Array;
}

/** What scoring makes of what a model predicts, by whether that is classes, values or times. */
export interface Answers {
  /** The columns that scoring adds to a row. */
  readonly columns: TableSchema;
  /** How many classes there are to be called. */
  readonly nClasses: number;
  /** @param scored as `scoreRows` gives it. */
  tell(scored: Pick<ScoredRows, 'predictions' | 'called' | 'thresholds' | 'uplift'>): ToldRows;
}

export function answersOf(scoring: AnyScoringModel): Answers {
  if (scoring.task === 'survival') {
    const last = scoring.durations.horizons.length - 1;
    return {
      columns: timeColumns(scoring),
      nClasses: 0,
      tell: ({ predictions: times }) => ({ cells: times, called: [], rank: times[last] }),
    };
  }
  return scoring.task === 'value'
    ? {
        columns: valueColumns(scoring),
        nClasses: 0,
        tell: ({ predictions: [values] }) => toldValues(values, scoring.interval),
      }
    : {
        columns: [...predictionColumns(scoring), ...upliftColumns(scoring)],
        nClasses: scoring.classes.length,
        tell({ predictions, called, thresholds, uplift }) {
          // A model of classes calls each row something.
          const told = toldClasses(predictions, scoring.classes, called as Int32Array);
          const more = [thresholds, uplift].filter((each) => each !== undefined);
          return { ...told, cells: [...told.cells, ...more] };
        },
      };
}

function toldClasses(
  probabilities: readonly Float64Array[],
  classes: readonly string[],
  codes: Int32Array,
): ToldRows {
  const called = classes.map(() => 0);
  for (const code of codes) called[code]++;
  return {
    cells:
      classes.length === 2
        ? [probabilities[1], codes]
        : [Array.from(codes, (code) => classes[code]), ...probabilities],
    called,
    rank: toldProbabilities(probabilities),
  };
}

function toldValues(values: Float64Array, interval: ValueInterval | undefined): ToldRows {
  if (!interval) return { cells: [values], called: [], rank: values };
  const { low, high } = intervalEnds(interval, values);
  return { cells: [values, low, high], called: [], rank: values };
}
