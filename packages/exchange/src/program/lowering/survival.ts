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
import { refused } from './refusals.js';

/** What can be told of the time that remains until the event. */
const REMAINING = ['expected', 'median'] as const;
export type Remaining = (typeof REMAINING)[number];

const survivalParameters = {
  /** Of a survival model, the times from now on within which the event comes with a probability that is told: numbers above 0, each once. */
  horizons: parameter('a list of one or more distinct numbers above 0', areHorizons),
  /** Of a survival model, the column that says for how long each row has been there without the event; default all are at the start. */
  elapsed: textParameter(),
  /**
   * Of a survival model, what is told of the remaining time: `'median'`, which is missing if it is later than the last time that the
   * model knows, and `'expected'`, followed up to that time. Default nothing.
   */
  remaining: parameter(`a list of ${REMAINING.join(' and ')}`, areRemaining),
  /** Of a survival model, what the names begin with: `<prefix>within_<horizon>`, `<prefix>expected_time` and `<prefix>median_time`. Default nothing. */
  prefix: withDefault(textParameter(), ''),
};

export type SurvivalLoweringOptions = OptionsOf<typeof survivalParameters>;

/** The times of a row: now, and behind each horizon. */
interface RowTimes {
  /** The column with the time elapsed; without it, all rows are at the start. */
  readonly elapsed: ColumnId | undefined;
  readonly horizons: readonly number[];
  readonly remaining: readonly Remaining[];
}

/** What a fitted survival model does: where the program has the probability of an event within each horizon, and then what remains. */
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

/**
 * What a program can tell of the remaining time of a survival model: the expected time of a Cox regression is a sum with a term for each step of its baseline,
 * which is not written of more than 200.
 */
export function remainingOf(fitted: FittedPart): readonly Remaining[] {
  if (isPipeline(fitted))
    return remainingOf((fitted as FittedPart as FittedPipeline<FittedSurvivalModel>).model);
  const hasMany =
    fitted.type === 'CoxRegression' && !hasFewSteps((fitted as FittedPart as FittedCoxRegression).baselines);
  return hasMany ? ['median'] : REMAINING;
}

/** @throws `unsupported` if there is no lowering of its class. */
function lowerSurvival(...args: Parameters<SurvivalLowering>): readonly ColumnId[] {
  const { type } = args[0];
  const lowering = Object.hasOwn(survivalLowerings, type) ? survivalLowerings[type] : refused(type);
  return lowering(...args);
}

/**
 * The probability of an event within each horizon from now on, then what is asked of the remaining time, and what these are called.
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
  requireParameter(horizons !== undefined, 'horizons', 'those of the survival model', horizons);
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
  builder.refuse(isNone, 'the time elapsed, a number of at least 0');
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
