import {
  compileRow,
  type FittedPipeline,
  type JsonObject,
  rowsToTable,
  rowValues,
  type Table,
  type TableSchema,
} from '@churn/core';
import { loadModel } from '@churn/io';
import { FittedCategoryEncoder, FittedMeanImputer } from '@churn/transforms';
import { createExplainer, type Explainer } from '../explanation/explainer.js';
import { modelClasses } from '../processing.js';
import { type Decision, decisionAt, thresholdOf } from '../threshold.js';
import { missingValuesOf } from '../training-record.js';

/** A column as someone who fills it in wants to know it. */
export interface ServedColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** The mean of the training rows, where the model knows it. */
  readonly average?: number;
  /** The levels of the training rows, where the model knows them. */
  readonly levels?: readonly string[];
}

/** A model as it is served: all that does not change from request to request. */
export interface ServedModel {
  readonly hash: string;
  readonly schema: TableSchema;
  readonly columns: readonly ServedColumn[];
  readonly classes: readonly [negative: string, positive: string];
  readonly threshold: number | null;
  readonly training: JsonObject;
  readonly missingValues: readonly string[];
  readonly decide: Decision;
  /** The probability of the positive class of each row. */
  score(x: Table): Float64Array;
  /** The same of a single row, without the cost of a table a step. */
  scoreOne(row: Readonly<Record<string, string | number | null>>): number;
  readonly explain: Explainer;
}

/** @throws what `loadModel` throws. */
export async function loadServedModel(file: string): Promise<ServedModel> {
  const { model, training, hash } = await loadModel(file, modelClasses);
  const threshold = thresholdOf(training);
  const [negative, positive] = model.classes.map(String);
  return {
    hash,
    schema: model.schema,
    columns: columnsOf(model),
    classes: [negative, positive],
    threshold: threshold ?? null,
    training,
    missingValues: missingValuesOf(training),
    decide: decisionAt(threshold),
    score: (x) => model.predictProba(x)[1],
    scoreOne: compileOne(model),
    explain: createExplainer(model),
  };
}

function compileOne(model: FittedPipeline): ServedModel['scoreOne'] {
  const steps = compileRow(model.steps, model.schema);
  return (row) =>
    model.classifier.predictProba(
      rowsToTable(steps.schema, [steps.apply(rowValues(model.schema, row))]),
    )[1][0];
}

function columnsOf({ schema, steps }: FittedPipeline): ServedColumn[] {
  const averages = new Map<string, number | null>();
  const levels = new Map<string, string[]>();
  for (const step of steps) {
    if (step instanceof FittedMeanImputer) {
      for (const [name, mean] of Object.entries(step.state.means)) averages.set(name, mean);
    }
    if (step instanceof FittedCategoryEncoder) {
      for (const [name, ratios] of Object.entries(step.state.ratios)) levels.set(name, Object.keys(ratios));
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
