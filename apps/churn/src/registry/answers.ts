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

/** What a model says of rows. */
export interface Answers {
  /** What the model predicts. */
  readonly task: TaskName;
  /** What names each row: its line in the file, or its number in the data that was learned from. */
  readonly keys: ArrayLike<number>;
  /** Those of a model of classes; others have none. */
  readonly classes: readonly string[];
  /** An array of probabilities a class, or one of values; of times one of risks, and of the probability within each horizon. */
  readonly predictions: readonly Float64Array[];
  /** Those of a model of times, from the start of a row on. */
  readonly horizons?: readonly number[];
  /** What a model of classes calls each row, as its place among the classes. */
  readonly called?: Int32Array;
}

/** What is known of rows that a run held out. */
export interface HeldOutAnswers extends Answers {
  /** What became of each row: its label, its value, or its duration. */
  readonly truth: readonly Truth[];
}

/**
 * What a model said of the rows that its run held out, before it was fitted anew on all rows.
 * @throws `invalid-file` if the run is gone or did not keep it.
 */
export async function heldOutAnswers(
  contender: Contender,
  { output }: Pick<Config, 'output'>,
): Promise<HeldOutAnswers> {
  const { record, run, model } = contender;
  if (record === undefined) {
    throw new ChurnError(
      'invalid-file',
      `${runPath(output.folder, run)}: expected the run of ${contenderText(contender)}, got nothing that can be read`,
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
 * What a model says of the rows of a file, by their lines; rows that it cannot score are left out.
 * @throws what reading the file does.
 */
export async function answersFor(
  file: string,
  scoring: AnyScoringModel,
  { delimiter, encoding, sheet }: Config['data'],
): Promise<Answers> {
  const { task } = scoring;
  const asked = task === 'survival' ? tellingRisks(scoring) : scoring;
  const source = await openRows(file, asked, { delimiter, encoding, sheet });
  const keys: number[] = [];
  const parts: (readonly Float64Array[])[] = [];
  const codes: Int32Array[] = [];
  for await (const batch of source.batches()) {
    const { rows, predictions, called } = await scoreBatch(asked, batch);
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

/** The same model, which tells the risk of a row, and of its event within each horizon, from its start on: times from now on are not to be compared. */
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

/** The configuration of a run, complete as it was, but for secrets. */
export function configOf({ record }: Contender): Pick<Config, 'data' | 'processing'> | undefined {
  return (record?.config ?? undefined) as unknown as Config | undefined;
}
