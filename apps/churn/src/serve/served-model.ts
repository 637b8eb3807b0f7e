import {
  checkedProbabilities,
  compileRow,
  type FittedClassifier,
  type FittedPipeline,
  isolateFaults,
  rowFaultError,
  rowsToTable,
  rowValues,
  type Table,
} from '@churn/core';
import { objectRecords, toTable } from '@churn/io';
import {
  CategoryEncoder,
  type FittedCategoryEncoder,
  type FittedMeanImputer,
  MeanImputer,
} from '@churn/transforms';
import type { Explanation } from '../explanation/explain-row.js';
import { createExplainer } from '../explanation/explainer.js';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model.js';
import { RowBatcher } from './row-batcher.js';

/** A column as someone who fills it in wants to know it. */
interface ServedColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** The mean of the training rows, where the model knows it. */
  readonly average?: number;
  /** The levels of the training rows, where the model knows them. */
  readonly levels?: readonly string[];
}

/** What a row is called, and how sure the model is. */
interface Prediction {
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
  const names = [...scoring.kinds.keys()];
  const tableOf = (rows: readonly ServedRow[]) =>
    toTable(objectRecords(rows, names), { kinds: scoring.kinds });
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
    fields: fieldsOf(model),
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

function fieldsOf({ schema, steps }: FittedPipeline<FittedClassifier>): ServedColumn[] {
  const averages = new Map<string, number | null>();
  const levels = new Map<string, string[]>();
  for (const step of steps) {
    if (step.type === MeanImputer.type) {
      const { means } = (step as FittedMeanImputer).state;
      for (const [name, mean] of Object.entries(means)) averages.set(name, mean);
    }
    if (step.type === CategoryEncoder.type) {
      const { ratios } = (step as FittedCategoryEncoder).state;
      for (const [name, ratioOf] of Object.entries(ratios)) levels.set(name, Object.keys(ratioOf));
    }
  }
  return schema.map(({ name, kind }) => {
    const average = averages.get(name);
    const known = levels.get(name);
    return {
      name,
      kind,
      ...(typeof average === 'number' && { average }),
      ...(known && { levels: known }),
    };
  });
}
