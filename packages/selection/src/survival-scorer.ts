import {
  ChurnError,
  type Durations,
  isList,
  type OptionsOf,
  type Parameter,
  parameter,
  readOptions,
  requireParameter,
  type Target,
} from '@churn/core';
import type { SurvivalMetric } from './metrics/metric.js';
import { type Scorer, scorerParameters } from './scorer.js';

const parameters = {
  ...scorerParameters,
  /**
   * The times at which the metric reads survival, ascending and at least 0. Default 20, evenly spaced over the durations to be scored.
   */
  times: timesParameter(),
};

export type SurvivalScorerOptions = OptionsOf<typeof parameters>;

/** A scorer that reads survival at some times. */
export interface SurvivalScorer extends Scorer<Durations> {
  readonly needs: 'survival';
  /** The times that it reads; by default, a search or cross-validation chooses them by the durations to be scored. */
  readonly times?: ArrayLike<number>;
  /** The same at other times. */
  at(times: ArrayLike<number>): SurvivalScorer;
}

/**
 * A scorer of a metric that reads predicted survival at `times`, such as the Brier score at a horizon:
 *
 * ```ts
 * import { brierScore } from '@churn/survival';
 *
 * const brier90 = survivalScorer((y, survival, times, options) => brierScore(y, survival, times, options)[0]!, {
 *   name: 'brier90',
 *   greaterIsBetter: false,
 *   times: [90],
 * });
 * ```
 */
export function survivalScorer(metric: SurvivalMetric, options: SurvivalScorerOptions): SurvivalScorer {
  requireParameter(typeof metric === 'function', 'metric', 'a function', metric);
  const { times, ...described } = readOptions(parameters, options);
  return {
    ...described,
    needs: 'survival',
    ...(times && { times }),
    score(yTrue, survival, metricOptions) {
      if (times) return metric(yTrue, survival, times, metricOptions);
      throw new ChurnError(
        'invalid-parameter',
        `${described.name}: expected times at which to score survival, got none; set them by at(times)`,
      );
    },
    at: (others) => survivalScorer(metric, { ...described, times: others }),
  };
}

/** How many times a score is integrated over by default. */
const USUAL = 20;

/**
 * Times evenly spaced from the tenth to the eightieth hundredth of the durations: before, little has happened, and after, few rows are
 * left.
 * @throws `invalid-target` if these durations are the same.
 */
export function usualTimes({ values }: Durations): number[] {
  const sorted = Float64Array.from(values).sort();
  const [from, to] = [0.1, 0.8].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  if (from < to) return Array.from({ length: USUAL }, (_, i) => from + ((to - from) * i) / (USUAL - 1));
  throw new ChurnError(
    'invalid-target',
    `expected durations that differ to score survival by default, got ${from} from the tenth to the eightieth hundredth; give a survivalScorer its times`,
  );
}

/** Scorers that take what `predictionsOf` gives of durations for the times of them all: each reads its own columns of that. */
export function onOwnColumns<T extends Target>(scorers: readonly Scorer<T>[], y: Target): Scorer<T>[] {
  if (y.kind !== 'durations') return [...scorers];
  const timed = scorers.map((scorer) =>
    isTimed(scorer) && !scorer.times ? scorer.at(usualTimes(y)) : scorer,
  );
  const all = askedTimes(timed as Scorer[]) ?? [];
  return timed.map((scorer) => {
    if (!isTimed(scorer)) return scorer as Scorer<T>;
    const places = Array.from(scorer.times as ArrayLike<number>, (time) => 1 + all.indexOf(time));
    const score: Scorer<Durations>['score'] = (yTrue, predictions, options) =>
      scorer.score(
        yTrue,
        places.map((place) => predictions[place]),
        options,
      );
    return { ...scorer, score } as Scorer as Scorer<T>;
  });
}

/** The times at which scorers read survival, ascending; `undefined` if none does. */
export function askedTimes(scorers: readonly Scorer[]): readonly number[] | undefined {
  const all = scorers.flatMap((scorer) => (isTimed(scorer) ? Array.from(scorer.times ?? []) : []));
  return all.length > 0 ? [...new Set(all)].sort((a, b) => a - b) : undefined;
}

function isTimed(scorer: { readonly needs: string }): scorer is SurvivalScorer {
  return scorer.needs === 'survival';
}

// @__NO_SIDE_EFFECTS__
function timesParameter(): Parameter<ArrayLike<number>> {
  const areTimes = (value: unknown): value is ArrayLike<number> =>
    isList(value) &&
    value.length > 0 &&
    Array.from(value as ArrayLike<number>).every(
      (time, i, all) => Number.isFinite(time) && time >= 0 && (i === 0 || time > all[i - 1]),
    );
  return parameter('one or more ascending times of at least 0', areTimes);
}
