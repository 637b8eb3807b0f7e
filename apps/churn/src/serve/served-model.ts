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

/** From more levels than this on, a person types one in. */
const MOST_CHOICES = 100;

/** A column as someone who fills it in wants to know it. */
interface ServedColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** Of numbers, their mean, least and greatest in training. */
  readonly average?: number;
  readonly min?: number;
  readonly max?: number;
  /** Whether numbers were declared to be whole. */
  readonly integer?: true;
  /** Of categories, those of training, the most frequent first; missing where there are too many to choose from. */
  readonly levels?: readonly string[];
}

/** A row that fits the model: a value for each of its columns. */
export type ServedRow = Readonly<Record<string, string | number | null>>;

/** What a service knows and does of a model: all that does not change from request to request. */
interface Serving<P extends Prediction> {
  /** The columns of the model, for someone who fills them in. */
  readonly fields: readonly ServedColumn[];
  /** What reads a value of each column. */
  readonly readers: ReadonlyMap<string, CellReader>;
  /** What is odd about rows. */
  readonly warnings: RowWarnings;
  /** Rows as a table. */
  tableOf(rows: readonly ServedRow[]): Table;
  /**
   * What is predicted of each row.
   * @throws `invalid-data` with a fault for each row that has no prediction.
   */
  score(x: Table): P[];
  /** The same of a single row, together with others that come at the same time, none of which fails for it. */
  scoreOne(row: ServedRow): Promise<P>;
  /**
   * What is predicted of each row, and why.
   * @throws `invalid-data` with a fault for each row that has no prediction, or cannot be explained.
   */
  explain(x: Table): (RowExplanation & P)[];
}

/** A model of classes as it is served. */
export type ServedClassModel = ScoringModel & Serving<ClassPrediction>;

/** A model of values as it is served. */
export type ServedValueModel = ValueScoringModel & Serving<ValuePrediction>;

/** A model of times as it is served. */
export type ServedSurvivalModel = SurvivalScoringModel & Serving<TimePrediction>;

export type ServedModel = ServedClassModel | ServedValueModel | ServedSurvivalModel;

/** @throws what `loadAnyModel` throws. */
export async function loadServedModel(file: string): Promise<ServedModel> {
  const scoring = await loadAnyModel(file);
  if (scoring.task === 'survival') {
    return { ...scoring, ...servingOf(scoring, { tell: (times) => timePredictions(times, scoring) }) };
  }
  if (scoring.task === 'value') {
    const { model } = scoring.model;
    return {
      ...scoring,
      ...servingOf(scoring, {
        predict: (table) => predictionsOf(model, table),
        tell: ([values]) => valuePredictions(values, scoring),
      }),
    };
  }
  const { model } = scoring.model;
  return {
    ...scoring,
    ...servingOf(scoring, {
      predict: (table) => checkedProbabilities(table, table.names, model.predictProba(table)),
      tell(probabilities, rows) {
        const called = scoring.decide(probabilities, rows);
        return classPredictions(probabilities, called, scoring, {
          thresholds: scoring.byGroup?.thresholdsOf(rows()),
          uplift: scoring.uplift?.predict(rows()),
        });
      },
    }),
  };
}

/** What differs by what is predicted. */
interface Answering<P extends Prediction> {
  /** What the model at the end of the pipeline predicts of rows that the steps before it have made; without it the whole pipeline is asked. */
  predict?(table: Table): readonly Float64Array[];
  /**
   * @param predictions as `scoring.predict` gives them.
   * @param rows the raw rows, where they matter.
   */
  tell(predictions: readonly Float64Array[], rows: () => Table): P[];
}

function servingOf<P extends Prediction>(
  scoring: AnyScoringModel,
  { predict, tell }: Answering<P>,
): Serving<P> {
  const { model } = scoring;
  const explainer = explainerOf(model);
  const names = scoring.schema.map(({ name }) => name);
  const tableOf = (rows: readonly ServedRow[]) =>
    toTable(objectRecords(rows, names), { ...scoring, columns: names });
  const steps = compileRow(model.steps, model.schema);
  const score = (x: Table) => ofAllRows(x, (part) => tell(scoring.predict(part), () => part));
  const singles = new RowBatcher((rows: readonly ServedRow[]) => {
    if (!predict) return score(tableOf(rows));
    try {
      // Row by row through the steps, which costs less than a table a step.
      const values = rows.map((row) => steps.apply(rowValues(model.schema, row)));
      return tell(predict(rowsToTable(steps.schema, values)), () => tableOf(rows));
    } catch (error) {
      if (rows.length > 1) throw error;
      // The pipeline tells what is wrong with a row by the column that was sent.
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
        const told = tell(predictions, () => part);
        return explainer(part, predictions).map((each, row) => ({ ...each, ...told[row] }));
      }),
  };
}

/** What `work` makes of all rows; its error tells every row that it cannot work with, and not only those that it came to first. */
function ofAllRows<T>(x: Table, work: (part: Table) => T): T {
  const { result, faults } = isolateFaults(x, work);
  if (faults.length > 0) throw rowFaultError(faults);
  return result;
}

/** The columns as training has seen them; of a file of the first version, their names and kinds. */
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
    // Some of the levels would keep a person from the others, and dates are no levels to choose from.
    const isKnown = column?.kind === 'category' && column.levels.length === column.distinct;
    if (isKnown && !isDate && column.distinct <= MOST_CHOICES) {
      return { name, kind, levels: column.levels.map(([level]) => level) };
    }
    return { name, kind };
  });
}
