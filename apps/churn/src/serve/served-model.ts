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
import type { Explanation } from '../explanation/explain-row.js';
import { createExplainer } from '../explanation/explainer.js';
import { type RowWarnings, rowWarnings } from '../scoring/row-warnings.js';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model.js';
import { RowBatcher } from './row-batcher.js';

/** From more levels than this on, a person types one in. */
const MOST_CHOICES = 100;

/** A column as someone who fills it in wants to know it. */
interface ServedColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** Of numbers, their mean in training. */
  readonly average?: number;
  /** Of categories, those of training, the most frequent first; missing where there are too many to choose from. */
  readonly levels?: readonly string[];
}

/** What a row is called, and how sure the model is. */
export interface Prediction {
  /** Of two classes that of the second, of more that of the prediction. */
  readonly probability: number;
  readonly prediction: string;
  /** Of more than two classes, that of each. */
  readonly probabilities?: Readonly<Record<string, number>>;
}

/** A row that fits the model: a value for each of its columns. */
export type ServedRow = Readonly<Record<string, string | number | null>>;

/** A model as it is served: all that does not change from request to request. */
export interface ServedModel extends ScoringModel {
  /** The columns of the model, for someone who fills them in. */
  readonly fields: readonly ServedColumn[];
  /** What reads a value of each column. */
  readonly readers: ReadonlyMap<string, CellReader>;
  /** What is odd about rows. */
  readonly warnings: RowWarnings;
  /** Rows as a table. */
  tableOf(rows: readonly ServedRow[]): Table;
  /**
   * What each row is called.
   * @throws `invalid-data` with a fault for each row that has no probability.
   */
  score(x: Table): Prediction[];
  /** The same of a single row, together with others that come at the same time, none of which fails for it. */
  scoreOne(row: ServedRow): Promise<Prediction>;
  /**
   * What each row is called, and why it has its probability.
   * @throws `invalid-data` with a fault for each row that has none, or cannot be explained.
   */
  explain(x: Table): (Explanation & Prediction)[];
}

/** @throws what `loadScoringModel` throws. */
export async function loadServedModel(file: string): Promise<ServedModel> {
  const scoring = await loadScoringModel(file);
  const { model } = scoring;
  const explainer = createExplainer(model);
  const names = scoring.schema.map(({ name }) => name);
  const tableOf = (rows: readonly ServedRow[]) =>
    toTable(objectRecords(rows, names), { ...scoring, columns: names });
  const steps = compileRow(model.steps, model.schema);
  const score = (x: Table) => predictions(ofAllRows(x, model.predictProba.bind(model)), scoring);
  const singles = new RowBatcher((rows: readonly ServedRow[]) => {
    try {
      // Row by row through the steps, which costs less than a table a step.
      const values = rows.map((row) => steps.apply(rowValues(model.schema, row)));
      const table = rowsToTable(steps.schema, values);
      const probabilities = model.model.predictProba(table);
      return predictions(checkedProbabilities(table, table.names, probabilities), scoring);
    } catch (error) {
      if (rows.length > 1) throw error;
      // The pipeline tells what is wrong with a row by the column that was sent.
      return score(tableOf(rows));
    }
  });
  return {
    ...scoring,
    fields: fieldsOf(scoring),
    readers: new Map(scoring.schema.map((column) => [column.name, cellReader(column, scoring)])),
    warnings: rowWarnings(scoring),
    tableOf,
    score,
    scoreOne: (row) => singles.add(row),
    explain: (x) =>
      ofAllRows(x, (part) => {
        const probabilities = model.predictProba(part);
        const predicted = predictions(probabilities, scoring);
        return explainer(part, probabilities).map((each, row) => ({ ...each, ...predicted[row] }));
      }),
  };
}

/** What `work` makes of all rows; its error tells every row that it cannot work with, and not only those that it came to first. */
function ofAllRows<T>(x: Table, work: (part: Table) => T): T {
  const { result, faults } = isolateFaults(x, work);
  if (faults.length > 0) throw rowFaultError(faults);
  return result;
}

function predictions(probabilities: Float64Array[], { classes, decide }: ScoringModel): Prediction[] {
  return Array.from(decide(probabilities), (code, row): Prediction => {
    const prediction = classes[code];
    if (classes.length === 2) return { probability: probabilities[1][row], prediction };
    const all = classes.map((label, k): [string, number] => [label, probabilities[k][row]]);
    return { probability: probabilities[code][row], prediction, probabilities: Object.fromEntries(all) };
  });
}

/** The columns as training has seen them; of a file of the first version, their names and kinds. */
function fieldsOf({ model: { summary, ...model }, schema }: ScoringModel): ServedColumn[] {
  const seen = new Map(summary?.columns.map((column) => [column.name, column]));
  const kinds = schemaKinds(schema);
  return model.schema.map(({ name, kind }) => {
    const column = seen.get(name);
    const isDate = kinds.get(name) === 'date';
    if (column?.kind === 'numeric' && column.mean !== null) return { name, kind, average: column.mean };
    // Some of the levels would keep a person from the others, and dates are no levels to choose from.
    const isKnown = column?.kind === 'category' && column.levels.length === column.distinct;
    if (isKnown && !isDate && column.distinct <= MOST_CHOICES) {
      return { name, kind, levels: column.levels.map(([level]) => level) };
    }
    return { name, kind };
  });
}
