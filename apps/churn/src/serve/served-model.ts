import {
  checkedProbabilities,
  compileRow,
  isolateFaults,
  rowFaultError,
  rowsToTable,
  rowValues,
  type Table,
} from '@churn/core';
import { type CellReader, cellReader, objectRecords, schemaKinds, toTable } from '@churn/io';
import type { RowExplanation } from '../explanation/explain-row.js';
import { explainerOf } from '../explanation/explainer.js';
import { predictionsOf } from '../scoring/predictions-of.js';
import { type RowWarnings, rowWarnings } from '../scoring/row-warnings.js';
import {
  type AnyScoringModel,
  loadAnyModel,
  type ScoringModel,
  type SurvivalScoringModel,
  type ValueScoringModel,
} from '../scoring/scoring-model.js';
import {
  type ClassPrediction,
  classPredictions,
  type Prediction,
  type TimePrediction,
  timePredictions,
  type ValuePrediction,
  valuePredictions,
} from './prediction.js';
import { RowBatcher } from './row-batcher.js';

/** The maximum number of levels in a list; with more, users type one in. */
const MAX_CHOICES = 100;

/** A column as described to users who fill in a row. */
interface ServedColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** For numbers, mean, minimum and maximum in training. */
  readonly average?: number;
  readonly min?: number;
  readonly max?: number;
  /** Whether numbers are declared to be integers. */
  readonly integer?: true;
  /** For categories, the levels in training, most frequent first; absent if there are too many. */
  readonly levels?: readonly string[];
}

/** A valid row: a value for each column of the model. */
export type ServedRow = Readonly<Record<string, string | number | null>>;

/** The parts of a served model that are independent of requests. */
interface Serving<P extends Prediction> {
  /** The columns of the model, as described to users. */
  readonly fields: readonly ServedColumn[];
  /** The readers of the columns. */
  readonly readers: ReadonlyMap<string, CellReader>;
  /** The warnings about rows. */
  readonly warnings: RowWarnings;
  /** Converts rows to a table. */
  tableOf(rows: readonly ServedRow[]): Table;
  /**
   * Predicts each row.
   * @throws `invalid-data` with a fault for each row that has no prediction.
   */
  score(x: Table): P[];
  /** Predicts a single row, in a batch with simultaneous ones, which do not fail because of it. */
  scoreOne(row: ServedRow): Promise<P>;
  /**
   * Predicts and explains each row.
   * @throws `invalid-data` with a fault for each row that has no prediction, or cannot be explained.
   */
  explain(x: Table): (RowExplanation & P)[];
}

/** A served classifier. */
export type ServedClassModel = ScoringModel & Serving<ClassPrediction>;

/** A served regression model. */
export type ServedValueModel = ValueScoringModel & Serving<ValuePrediction>;

/** A served survival model. */
export type ServedSurvivalModel = SurvivalScoringModel & Serving<TimePrediction>;

export type ServedModel = ServedClassModel | ServedValueModel | ServedSurvivalModel;

/** @throws as `loadAnyModel` does. */
export async function loadServedModel(file: string): Promise<ServedModel> {
  const scoring = await loadAnyModel(file);
  if (scoring.task === 'survival') {
    return { ...scoring, ...servingOf(scoring, { describe: (times) => timePredictions(times, scoring) }) };
  }
  if (scoring.task === 'value') {
    const { model } = scoring.model;
    return {
      ...scoring,
      ...servingOf(scoring, {
        predict: (table) => predictionsOf(model, table),
        describe: ([values]) => valuePredictions(values, scoring),
      }),
    };
  }
  const { model } = scoring.model;
  return {
    ...scoring,
    ...servingOf(scoring, {
      predict: (table) => checkedProbabilities(table, table.names, model.predictProba(table)),
      describe(probabilities, rows) {
        const called = scoring.decide(probabilities, rows);
        return classPredictions(probabilities, called, scoring, {
          thresholds: scoring.byGroup?.thresholdsOf(rows()),
          uplift: scoring.uplift?.predict(rows()),
        });
      },
    }),
  };
}

/** The parts that depend on the task. */
interface Answering<P extends Prediction> {
  /** The predictions of the final model for rows transformed by the steps before it; without it, the whole pipeline is used. */
  predict?(table: Table): readonly Float64Array[];
  /**
   * @param predictions as returned by `scoring.predict`.
   * @param rows the raw rows, if needed.
   */
  describe(predictions: readonly Float64Array[], rows: () => Table): P[];
}

function servingOf<P extends Prediction>(
  scoring: AnyScoringModel,
  { predict, describe }: Answering<P>,
): Serving<P> {
  const { model } = scoring;
  const explainer = explainerOf(model);
  const names = scoring.schema.map(({ name }) => name);
  const tableOf = (rows: readonly ServedRow[]) =>
    toTable(objectRecords(rows, names), { ...scoring, columns: names });
  const steps = compileRow(model.steps, model.schema);
  const score = (x: Table) => ofAllRows(x, (part) => describe(scoring.predict(part), () => part));
  const singles = new RowBatcher((rows: readonly ServedRow[]) => {
    if (!predict) return score(tableOf(rows));
    try {
      // Row by row through the steps, which is faster than a table per step.
      const values = rows.map((row) => steps.apply(rowValues(model.schema, row)));
      return describe(predict(rowsToTable(steps.schema, values)), () => tableOf(rows));
    } catch (error) {
      if (rows.length > 1) throw error;
      // The pipeline names the raw column in the error.
      return score(tableOf(rows));
    }
  });
  return {
    fields: fieldsOf(scoring),
    readers: new Map(scoring.schema.map((column) => [column.name, cellReader(column, scoring)])),
    warnings: rowWarnings(scoring),
    tableOf,
    score,
    scoreOne: (row) => singles.add(row),
    explain: (x) =>
      ofAllRows(x, (part) => {
        const predictions = scoring.predict(part);
        const answers = describe(predictions, () => part);
        return explainer(part, predictions).map((each, row) => ({ ...each, ...answers[row] }));
      }),
  };
}

/** The result of `work` on all rows; its error lists every invalid row, not only the first. */
function ofAllRows<T>(x: Table, work: (part: Table) => T): T {
  const { result, faults } = isolateFaults(x, work);
  if (faults.length > 0) throw rowFaultError(faults);
  return result;
}

/** The columns as summarised in training; for files of the first version, only names and kinds. */
function fieldsOf({ model: { summary }, schema }: AnyScoringModel): ServedColumn[] {
  const seen = new Map(summary?.columns.map((column) => [column.name, column]));
  const whole = new Set(schema.flatMap(({ name, integer }) => (integer ? [name] : [])));
  const kinds = schemaKinds(schema);
  return schema.map(({ name }) => {
    const column = seen.get(name);
    const isDate = kinds.get(name) === 'date';
    const kind = kinds.get(name) === 'numeric' ? 'numeric' : 'category';
    if (column?.kind === 'numeric' && column.mean !== null && column.min !== null && column.max !== null) {
      const { mean: average, min, max } = column;
      return { name, kind, average, min, max, ...(whole.has(name) && { integer: true }) };
    }
    // A partial list would hide the other levels, and dates are not a choice of levels.
    const isKnown = column?.kind === 'category' && column.levels.length === column.distinct;
    if (isKnown && !isDate && column.distinct <= MAX_CHOICES) {
      return { name, kind, levels: column.levels.map(([level]) => level) };
    }
    return { name, kind };
  });
}
