import type { Cell, TableSchema } from '@churn/core';
import { reportedProbabilities } from '../model/decision.js';
import { intervalEnds, type ValueInterval } from '../model/value-interval.js';
import { predictionColumns, timeColumns, upliftColumns, valueColumns } from './prediction-columns.js';
import type { ScoredRows } from './score-rows.js';
import type { AnyScoringModel } from './scoring-model.js';

/** The output for scored rows. */
interface OutputCells {
  /** The cells of the columns that scoring adds. */
  readonly cells: readonly ArrayLike<Cell>[];
  /** The number of rows predicted as each class; empty for regression and survival. */
  readonly called: readonly number[];
  /** The sort key of rows, highest first: the reported probability or value. */
  readonly rank: Float64Array;
}

/** Converts predictions to output, for a task. */
export interface Answers {
  /** The columns that scoring adds to a row. */
  readonly columns: TableSchema;
  /** The number of classes. */
  readonly nClasses: number;
  /** @param scored as returned by `scoreRows`. */
  describe(scored: Pick<ScoredRows, 'predictions' | 'called' | 'thresholds' | 'uplift'>): OutputCells;
}

export function answersOf(scoring: AnyScoringModel): Answers {
  if (scoring.task === 'survival') {
    const last = scoring.durations.horizons.length - 1;
    return {
      columns: timeColumns(scoring),
      nClasses: 0,
      describe: ({ predictions: times }) => ({ cells: times, called: [], rank: times[last] }),
    };
  }
  return scoring.task === 'value'
    ? {
        columns: valueColumns(scoring),
        nClasses: 0,
        describe: ({ predictions: [values] }) => describedValues(values, scoring.interval),
      }
    : {
        columns: [...predictionColumns(scoring), ...upliftColumns(scoring)],
        nClasses: scoring.classes.length,
        describe({ predictions, called, thresholds, uplift }) {
          // A classifier predicts a class for each row.
          const described = describedClasses(predictions, scoring.classes, called as Int32Array);
          const more = [thresholds, uplift].filter((each) => each !== undefined);
          return { ...described, cells: [...described.cells, ...more] };
        },
      };
}

function describedClasses(
  probabilities: readonly Float64Array[],
  classes: readonly string[],
  codes: Int32Array,
): OutputCells {
  const called = classes.map(() => 0);
  for (const code of codes) called[code]++;
  return {
    cells:
      classes.length === 2
        ? [probabilities[1], codes]
        : [Array.from(codes, (code) => classes[code]), ...probabilities],
    called,
    rank: reportedProbabilities(probabilities),
  };
}

function describedValues(values: Float64Array, interval: ValueInterval | undefined): OutputCells {
  if (!interval) return { cells: [values], called: [], rank: values };
  const { low, high } = intervalEnds(interval, values);
  return { cells: [values, low, high], called: [], rank: values };
}
