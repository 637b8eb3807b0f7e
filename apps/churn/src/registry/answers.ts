import { ChurnError } from '@churn/core';
import type { Config } from '../config/config.js';
import type { TaskName } from '../config/target.js';
import { openRows } from '../input.js';
import { decisionOf } from '../model/decision.js';
import { runPath } from '../runs/run-folder.js';
import { readTestDurations } from '../runs/test-durations.js';
import { readTestPredictions } from '../runs/test-predictions.js';
import { readTestValues } from '../runs/test-values.js';
import { scoreBatch } from '../scoring/score-batch.js';
import type { AnyScoringModel, SurvivalScoringModel } from '../scoring/scoring-model.js';
import { type Contender, contenderText } from './contender.js';
import { type Truth, truthOf } from './truth.js';

/** The predictions of a model for rows. */
export interface Answers {
  /** The task of the model. */
  readonly task: TaskName;
  /** The key of each row: its line in the file, or its index in the training data. */
  readonly keys: ArrayLike<number>;
  /** The classes; empty for regression and survival. */
  readonly classes: readonly string[];
  /**
   * An array of probabilities per class, or an array of values; for survival, an array of risks, then of the probability within each
   * horizon.
   */
  readonly predictions: readonly Float64Array[];
  /** The horizons of a survival model, from the start of a row. */
  readonly horizons?: readonly number[];
  /** The predicted class of each row, as an index into `classes`, for classification. */
  readonly called?: Int32Array;
}

/** Held-out rows of a run with predictions and outcomes. */
export interface HeldOutAnswers extends Answers {
  /** The outcome of each row: its label, value or duration. */
  readonly truth: readonly Truth[];
}

/**
 * The predictions of a model for the test rows of its run, before refitting on all rows.
 * @throws `invalid-file` if the run no longer exists or did not record them.
 */
export async function heldOutAnswers(
  contender: Contender,
  { output }: Pick<Config, 'output'>,
): Promise<HeldOutAnswers> {
  const { record, run, model } = contender;
  if (record === undefined) {
    throw new ChurnError(
      'invalid-file',
      `${runPath(output.folder, run)}: expected the run of ${contenderText(contender)}, got none that can be read`,
    );
  }
  const folder = runPath(output.folder, run);
  if (record.task === 'value') {
    const { rows, values, predicted } = await readTestValues(folder, record);
    return {
      task: 'value',
      keys: rows,
      truth: Array.from(values),
      classes: [],
      predictions: [predicted.get(model) ?? new Float64Array()],
    };
  }
  if (record.task === 'survival') {
    const { rows, y, horizons, predicted } = await readTestDurations(folder, record);
    const { risk, within } = predicted.get(model) ?? { risk: new Float64Array(), within: [] };
    return {
      task: 'survival',
      keys: rows,
      truth: truthOf(y),
      classes: [],
      predictions: [risk, ...within],
      horizons,
    };
  }
  const { rows, labels, probabilities, called } = await readTestPredictions(folder, record);
  const threshold = record.models[model]?.threshold ?? undefined;
  const predictions = probabilities.get(model) ?? [];
  return {
    task: 'classes',
    keys: rows,
    truth: labels.toArray().map(String),
    classes: record.test.classes,
    predictions,
    called: called?.get(model) ?? decisionOf({ threshold })(predictions),
  };
}

/**
 * The predictions of a model for the rows of a file, by line, without rows that it cannot score.
 * @throws as reading the file does.
 */
export async function answersFor(
  file: string,
  scoring: AnyScoringModel,
  { delimiter, encoding, sheet }: Config['data'],
): Promise<Answers> {
  const { task } = scoring;
  const scorer = task === 'survival' ? tellingRisks(scoring) : scoring;
  const source = await openRows(file, scorer, { delimiter, encoding, sheet });
  const keys: number[] = [];
  const parts: (readonly Float64Array[])[] = [];
  const codes: Int32Array[] = [];
  for await (const batch of source.batches()) {
    const { rows, predictions, called } = await scoreBatch(scorer, batch);
    for (const row of rows) keys.push(batch.lines[row]);
    parts.push(predictions);
    if (called) codes.push(called);
  }
  const column = (code: number) => joined(parts.map((part) => part[code]));
  if (task === 'value') return { task, keys, classes: [], predictions: [column(0)] };
  if (task === 'survival') {
    const { horizons } = scoring.durations;
    return {
      task,
      keys,
      classes: [],
      horizons,
      predictions: [0, ...horizons.keys()].map((_, i) => column(i)),
    };
  }
  const { classes } = scoring;
  const predictions = classes.map((_, code) => column(code));
  return {
    task,
    keys,
    classes,
    predictions,
    called: Int32Array.from(codes.flatMap((each) => Array.from(each))),
  };
}

/** The model with predictions of risks and event probabilities from the start of a row, since times from now cannot be compared. */
function tellingRisks(scoring: SurvivalScoringModel): SurvivalScoringModel {
  const { model, schema, durations } = scoring;
  const read = model.schema.map(({ name }) => name);
  return {
    ...scoring,
    schema: schema.filter(({ name }) => name !== durations.elapsed || read.includes(name)),
    predict: (x) => [
      Float64Array.from(model.predict(x)),
      ...model.predictSurvival(x, durations.horizons).map((survival) => survival.map((each) => 1 - each)),
    ],
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** The complete configuration of a run, without secrets. */
export function configOf({ record }: Contender): Pick<Config, 'data' | 'processing'> | undefined {
  return (record?.config ?? undefined) as unknown as Config | undefined;
}
