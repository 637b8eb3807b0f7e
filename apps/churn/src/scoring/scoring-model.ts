import {
  ChurnError,
  dateColumns,
  type FittedClassifier,
  type FittedModel,
  type FittedPart,
  FittedPipeline,
  type FittedRegressor,
  type FittedSurvivalModel,
  type JsonObject,
  MODEL_ROLES,
  type Table,
} from '@churn/core';
import { type DatasetSchema, inFile, loadModel } from '@churn/io';
import { FittedGroupThresholdClassifier } from '@churn/selection';
import {
  decisionOf,
  type GroupDecidingPipeline,
  groupDecision,
  type RowDecision,
  withThreshold,
} from '../model/decision.js';
import { MODEL_KIND } from '../model/model-kind.js';
import { modelClasses } from '../model/processing.js';
import type { RecordedDurations } from '../model/recorded-durations.js';
import { type RecordedUplift, recordedUplift } from '../model/recorded-uplift.js';
import { recordedThreshold, type ScoringRecord, scoringRecord } from '../model/training-record.js';
import { predictionsOf } from './predictions-of.js';
import { timesOf } from './times-of.js';

/** A saved model with everything that scoring needs, for any task. */
interface CommonScoringModel extends ScoringRecord {
  readonly model: FittedPipeline<FittedModel>;
  /** The hash of the model. */
  readonly hash: string;
  /** The training record. */
  readonly training: JsonObject;
  /** The columns that it reads, with their formats and declared rules. */
  readonly schema: DatasetSchema;
  /** The predictions for rows: an array of probabilities per class, an array of values, or the result of `timesOf`. */
  predict(x: Table): Float64Array[];
}

/** A saved classifier. */
export interface ScoringModel extends CommonScoringModel {
  readonly task: 'classes';
  readonly model: FittedPipeline<FittedClassifier>;
  readonly classes: readonly string[];
  /** The threshold; without one, the most probable class is predicted. */
  readonly threshold: number | undefined;
  /** The model with thresholds by group, whose rows then have the column of the groups; `threshold` is that of rows without a group. */
  readonly byGroup?: GroupDecidingPipeline | undefined;
  readonly decide: RowDecision;
  /** The uplift model, if the file has one. */
  readonly uplift?: RecordedUplift | undefined;
}

/** A saved regression model. */
export interface ValueScoringModel extends CommonScoringModel {
  readonly task: 'value';
  readonly model: FittedPipeline<FittedRegressor>;
}

/** A saved survival model. */
export interface SurvivalScoringModel extends CommonScoringModel {
  readonly task: 'survival';
  readonly model: FittedPipeline<FittedSurvivalModel>;
  readonly durations: RecordedDurations;
}

/** A saved classifier or regression model. */
export type TimelessScoringModel = ScoringModel | ValueScoringModel;

export type AnyScoringModel = TimelessScoringModel | SurvivalScoringModel;

/** Loads a classifier. @param use what needs it, for the message. @throws as `loadAnyModel` does; `unsupported` for other models. */
export async function loadScoringModel(file: string, use = 'this command'): Promise<ScoringModel> {
  return ofClasses(await loadAnyModel(file), file, use);
}

/** Checks that a model is a classifier. @param use what needs it, for the message. @throws `unsupported` for other models. */
export function ofClasses(scoring: AnyScoringModel, file: string, use: string): ScoringModel {
  if (scoring.task === 'classes') return scoring;
  throw unsuitedModel(scoring, file, `${use} needs a classification model`);
}

/**
 * Checks that a model is a classifier or a regression model. @param use what needs it, for the message. @throws `unsupported` for survival
 * models.
 */
export function timeless(scoring: AnyScoringModel, file: string, use: string): TimelessScoringModel {
  if (scoring.task !== 'survival') return scoring;
  throw unsuitedModel(scoring, file, `${use} needs a classification or regression model`);
}

function unsuitedModel({ task }: AnyScoringModel, file: string, needed: string): ChurnError {
  return new ChurnError('unsupported', `${file}: ${needed}, got a ${MODEL_KIND[task]}`);
}

/** @throws as `loadModel` does; `model-file` if the training record is not one of this application. */
export async function loadAnyModel(file: string): Promise<AnyScoringModel> {
  const { model, training, hash } = await loadModel(file, modelClasses, ...MODEL_ROLES);
  const outer = model as FittedPart;
  const byGroup = outer instanceof FittedGroupThresholdClassifier ? outer : undefined;
  const inner = byGroup ? byGroup.classifier : outer;
  if (inner.type !== FittedPipeline.type) {
    throw new ChurnError('model-file', `${file}: expected a pipeline, got ${inner.type}`);
  }
  const loaded = inner as AnyPipeline;
  const record = recordOf(file, training);
  const predict = (x: Table) => predictionsOf(loaded, x);
  const common = { hash, training, ...record, schema: schemaFor(loaded, record), predict };
  if (loaded.role === 'regressor') {
    return { ...common, task: 'value', model: loaded as FittedPipeline<FittedRegressor> };
  }
  if (loaded.role === 'survival') {
    return ofTimes(file, loaded as FittedPipeline<FittedSurvivalModel>, common);
  }
  const pipeline = loaded as FittedPipeline<FittedClassifier>;
  const decided = byGroup
    ? withThreshold(pipeline, byGroup.thresholds.overall)
    : deciding(file, pipeline, training);
  return {
    ...common,
    task: 'classes',
    model: decided,
    predict: (x) => predictionsOf(decided, x),
    classes: decided.classes.map(String),
    threshold: decided.threshold,
    ...(byGroup
      ? { ...groupsOf(byGroup as GroupDecidingPipeline, common), decide: groupDecision(byGroup) }
      : { decide: decisionOf(decided) }),
    uplift: inItsFile(file, () => recordedUplift(training, modelClasses, decided)),
  };
}

type AnyPipeline = FittedPipeline<FittedModel>;

/** The decision by group, with its columns, including that of the groups. */
function groupsOf(byGroup: GroupDecidingPipeline, { schema }: Pick<CommonScoringModel, 'schema'>) {
  const { by } = byGroup;
  const isRead = schema.some(({ name }) => name === by);
  return { byGroup, schema: isRead ? schema : [...schema, { name: by, kind: 'category' as const }] };
}

/** @throws `model-file`, naming the file, if the training record has no horizons. */
function ofTimes(
  file: string,
  model: FittedPipeline<FittedSurvivalModel>,
  common: Omit<CommonScoringModel, 'model'>,
): SurvivalScoringModel {
  const { durations, schema } = common;
  if (!durations) {
    throw new ChurnError(
      'model-file',
      `${file}: training.target: expected the horizons of a survival model, got none`,
    );
  }
  const { elapsed } = durations;
  return {
    ...common,
    task: 'survival',
    model,
    durations,
    schema: elapsed === undefined ? schema : [...schema, { name: elapsed, kind: 'numeric' }],
    predict: (x) => timesOf(model, x, durations),
  };
}

/**
 * The model with its threshold, which files of the first version have in the record.
 * @throws `model-file`, naming the file, if the record is invalid.
 */
function deciding(
  file: string,
  model: FittedPipeline<FittedClassifier>,
  training: JsonObject,
): FittedPipeline<FittedClassifier> {
  if (model.threshold !== undefined) return model;
  const threshold = inItsFile(file, () => recordedThreshold(training, model.classes.length));
  return threshold === undefined ? model : withThreshold(model, threshold);
}

/** @throws `model-file`, naming the file, if the training record is not one of this application. */
function recordOf(file: string, training: JsonObject): ScoringRecord {
  return inItsFile(file, () => scoringRecord(training));
}

function inItsFile<R>(file: string, read: () => R): R {
  try {
    return read();
  } catch (error) {
    throw inFile(file, error);
  }
}

/** The columns that a model reads, as recorded in training; for others, only the kinds, including dates. */
function schemaFor(model: AnyPipeline, { columns }: Pick<ScoringRecord, 'columns'>): DatasetSchema {
  const known = new Map(columns.map((column) => [column.name, column]));
  const dates = dateColumns(model);
  return model.schema.map(
    ({ name, kind }) => known.get(name) ?? { name, kind: dates.has(name) ? 'date' : kind },
  );
}
