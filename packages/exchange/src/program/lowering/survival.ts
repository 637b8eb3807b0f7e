import {
  type FittedClassifier,
  type FittedPart,
  type FittedPipeline,
  type FittedSurvivalModel,
  isPipeline,
  type OptionsOf,
  parameter,
  readOptions,
  requireParameter,
  textParameter,
  withDefault,
} from '@churn/core';
import type { FittedCoxRegression } from '@churn/survival';
import type { ColumnId } from '../program.js';
import { column, isInfinite, isMissing, less, number, or } from './expressions.js';
import type { Frame } from './frame.js';
import { lowerTransformer } from './lower-transformer.js';
import { coxRegression, hasFewSteps } from './models/cox-regression.js';
import { discreteTimeHazards } from './models/discrete-time-hazards.js';
import type { ProgramBuilder } from './program-builder.js';
import { unsupportedClass } from './unsupported.js';

/** The statistics of the remaining time until the event. */
const REMAINING = ['expected', 'median'] as const;
export type Remaining = (typeof REMAINING)[number];

const survivalParameters = {
  /** For a survival model: the times from now for which the program computes the probability of an event; distinct numbers above 0. */
  horizons: parameter('a list of one or more distinct numbers above 0', areHorizons),
  /** For a survival model: the column with the time that each row has survived so far; default 0 for all rows. */
  elapsed: textParameter(),
  /**
   * For a survival model: statistics of the remaining time. `'median'` is missing if it is later than the last time of the model, and
   * `'expected'` is restricted to that time. Default none.
   */
  remaining: parameter(`a list of ${REMAINING.join(' and ')}`, areRemaining),
  /** For a survival model: a prefix of the output names `<prefix>within_<horizon>`, `<prefix>expected_time` and `<prefix>median_time`. Default none. */
  prefix: withDefault(textParameter(), ''),
};

export type SurvivalLoweringOptions = OptionsOf<typeof survivalParameters>;

/** The times at which a survival model is evaluated. */
interface RowTimes {
  /** The column with the elapsed time; 0 for all rows if there is none. */
  readonly elapsed: ColumnId | undefined;
  readonly horizons: readonly number[];
  readonly remaining: readonly Remaining[];
}

/** Translates a fitted survival model; returns the columns of the probability for each horizon, followed by the statistics of the remaining time. */
export type SurvivalLowering = (
  fitted: FittedSurvivalModel,
  frame: Frame,
  builder: ProgramBuilder,
  times: RowTimes,
  lowerClassifier: (part: FittedClassifier, frame: Frame) => ColumnId,
) => readonly ColumnId[];

/** The lowerings of fitted survival models, by class name in model files. */
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

/**
 * The statistics of the remaining time that a program can compute for a survival model. The expected time of a Cox regression is a sum
 * over the steps of its baseline, and is not supported for more than 200 steps.
 */
export function remainingOf(fitted: FittedPart): readonly Remaining[] {
  if (isPipeline(fitted))
    return remainingOf((fitted as FittedPart as FittedPipeline<FittedSurvivalModel>).model);
  const hasMany =
    fitted.type === 'CoxRegression' && !hasFewSteps((fitted as FittedPart as FittedCoxRegression).baselines);
  return hasMany ? ['median'] : REMAINING;
}

/** @throws `unsupported` if its class has no lowering. */
function lowerSurvival(...args: Parameters<SurvivalLowering>): readonly ColumnId[] {
  const { type } = args[0];
  const lowering = Object.hasOwn(survivalLowerings, type) ? survivalLowerings[type] : unsupportedClass(type);
  return lowering(...args);
}

/**
 * The probability of an event within each horizon from now, followed by the requested statistics of the remaining time, with their names.
 * @throws `invalid-parameter` if there are no horizons.
 */
export function survivalOutput(
  fitted: FittedSurvivalModel,
  frame: Frame,
  builder: ProgramBuilder,
  options: SurvivalLoweringOptions,
  lowerClassifier: Parameters<SurvivalLowering>[4],
): { readonly columns: readonly ColumnId[]; readonly names: readonly string[] } {
  const { horizons, elapsed, remaining = [], prefix } = readOptions(survivalParameters, options);
  requireParameter(horizons !== undefined, 'horizons', 'the horizons of the survival model', horizons);
  const given = horizons as readonly number[];
  const since = elapsed === undefined ? undefined : elapsedTime(frame, elapsed, builder);
  const times = { elapsed: since, horizons: given, remaining };
  return {
    columns: lowerSurvival(fitted, frame, builder, times, lowerClassifier),
    names: [
      ...given.map((horizon) => `${prefix}within_${horizon}`),
      ...remaining.map((each) => `${prefix}${each}_time`),
    ],
  };
}

function elapsedTime(frame: Frame, name: string, builder: ProgramBuilder): ColumnId {
  const id = frame.has(name) ? frame.id(name) : builder.input(name, 'number');
  const since = column(id);
  const isNone = or(isMissing(since), isInfinite(since), less(since, number(0)));
  builder.reject(isNone, 'an elapsed time of at least 0');
  return id;
}

function areRemaining(value: unknown): value is readonly Remaining[] {
  return (
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((each) => REMAINING.includes(each))
  );
}

function areHorizons(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size < value.length) return false;
  return value.every((each) => typeof each === 'number' && each > 0 && each < Infinity);
}
