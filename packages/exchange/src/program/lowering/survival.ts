import {
  type FittedClassifier,
  type FittedPart,
  type FittedPipeline,
  type FittedSurvivalModel,
  type OptionsOf,
  parameter,
  readOptions,
  requireParameter,
  textParameter,
  withDefault,
} from '@churn/core';
import type { ColumnId } from '../program.js';
import { column, isInfinite, isMissing, less, number, or } from './expressions.js';
import type { Frame } from './frame.js';
import { lowerTransformer } from './lower-transformer.js';
import { coxRegression } from './models/cox-regression.js';
import { discreteTimeHazards } from './models/discrete-time-hazards.js';
import type { ProgramBuilder } from './program-builder.js';
import { refused } from './refusals.js';

const survivalParameters = {
  /** Of a survival model, the times from now on within which the event comes with a probability that is told: numbers above 0, each once. */
  horizons: parameter('a list of one number above 0 or more, each once', areHorizons),
  /** Of a survival model, the column that says for how long each row has been there without the event; default all are at the start. */
  elapsed: textParameter(),
  /** Of a survival model, what the names of the probabilities begin with: `<prefix>within_<horizon>`. Default nothing. */
  prefix: withDefault(textParameter(), ''),
};

export type SurvivalLoweringOptions = OptionsOf<typeof survivalParameters>;

/** The times of a row: now, and behind each horizon. */
interface RowTimes {
  /** The column with the time elapsed; without it, all rows are at the start. */
  readonly elapsed: ColumnId | undefined;
  readonly horizons: readonly number[];
}

/** What a fitted survival model does: where the program has the probability of an event within each horizon. */
export type SurvivalLowering = (
  fitted: FittedSurvivalModel,
  frame: Frame,
  builder: ProgramBuilder,
  times: RowTimes,
  lowerClassifier: (part: FittedClassifier, frame: Frame) => ColumnId,
) => readonly ColumnId[];

/** The lowering of each class of fitted survival models, by its name in model files. */
const survivalLowerings: Readonly<Record<string, SurvivalLowering>> = {
  CoxRegression: coxRegression,
  DiscreteTimeHazards: discreteTimeHazards,
  Pipeline(fitted, frame, builder, times, lowerClassifier) {
    const { schema, steps, model } = fitted as FittedPart as FittedPipeline<FittedSurvivalModel>;
    const inner = frame.select(schema.map(({ name }) => name));
    const processed = steps.reduce((table, step) => lowerTransformer(step, table, builder), inner);
    return lowerSurvival(model, processed, builder, times, lowerClassifier);
  },
};

/** @throws `unsupported` where there is no lowering of its class. */
function lowerSurvival(...args: Parameters<SurvivalLowering>): readonly ColumnId[] {
  const { type } = args[0];
  const lowering = Object.hasOwn(survivalLowerings, type) ? survivalLowerings[type] : refused(type);
  return lowering(...args);
}

/**
 * The probability of an event within each horizon from now on, and what it is called.
 * @throws `invalid-parameter` where there are no horizons.
 */
export function survivalOutput(
  fitted: FittedSurvivalModel,
  frame: Frame,
  builder: ProgramBuilder,
  options: SurvivalLoweringOptions,
  lowerClassifier: Parameters<SurvivalLowering>[4],
): { readonly columns: readonly ColumnId[]; readonly names: readonly string[] } {
  const { horizons, elapsed, prefix } = readOptions(survivalParameters, options);
  requireParameter(horizons !== undefined, 'horizons', 'those of the survival model', horizons);
  const given = horizons as readonly number[];
  const since = elapsed === undefined ? undefined : elapsedTime(frame, elapsed, builder);
  const times = { elapsed: since, horizons: given };
  return {
    columns: lowerSurvival(fitted, frame, builder, times, lowerClassifier),
    names: given.map((horizon) => `${prefix}within_${horizon}`),
  };
}

function elapsedTime(frame: Frame, name: string, builder: ProgramBuilder): ColumnId {
  const id = frame.has(name) ? frame.id(name) : builder.input(name, 'number');
  const since = column(id);
  const isNone = or(isMissing(since), isInfinite(since), less(since, number(0)));
  builder.refuse(isNone, 'the time elapsed, a number from 0');
  return id;
}

function areHorizons(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size < value.length) return false;
  return value.every((each) => typeof each === 'number' && each > 0 && each < Infinity);
}
