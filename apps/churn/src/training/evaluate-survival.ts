import type { Durations, FittedSurvivalModel } from '@churn/core';
import {
  brierScore,
  calibrationAtHorizon,
  concordance,
  cumulativeDynamicAuc,
  type HorizonBin,
  integratedBrierScore,
} from '@churn/survival';
import type { Config } from '../config/config.js';
import type { Logger } from '../terminal/logger.js';
import type { FittedModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import { onRows } from './in-lines.js';
import { orNull } from './or-null.js';
import { resampledInterval, resamples } from './resamples.js';

/** The metrics of a survival model on test rows. */
export type SurvivalMetrics = {
  /** The share of pairs of rows with a known order of events that its risks rank correctly. */
  readonly concordance: number;
  /** Its 95% bootstrap interval. */
  readonly interval: readonly [low: number, high: number];
  /** Up to the last horizon; null if it cannot be computed from the test rows. */
  readonly integratedBrierScore: number | null;
  readonly horizons: readonly HorizonMetrics[];
};

/** The metrics of the event probabilities within a horizon. */
export interface HorizonMetrics {
  readonly horizon: number;
  /** Null if it cannot be computed from the test rows, such as with late entry. */
  readonly brierScore: number | null;
  readonly rocAuc: number | null;
  /** Predicted and observed probabilities by bin of rows; empty if no test row was observed for so long. */
  readonly calibration: readonly HorizonBin[];
}

/** A survival model evaluated on the test rows. */
export interface EvaluatedSurvivalModel extends FittedModel<FittedSurvivalModel> {
  readonly evaluation: {
    readonly metrics: SurvivalMetrics;
    /** The risks of the test rows; higher means an earlier event. */
    readonly risk: Float64Array;
    /** The probability of the event within each horizon from the start: an array per horizon. */
    readonly within: readonly Float64Array[];
  };
}

/** A concordance that honest columns hardly reach: `docs/guides/predicting-when.md`. */
const SUSPECT = 0.95;

/** The number of times that the Brier score is integrated over. */
const GRID = 50;

/** Evaluates each model on the test rows. */
export function evaluateSurvivalModels(
  fitted: readonly FittedModel<FittedSurvivalModel>[],
  test: LabelledRows<Durations>,
  { data, seed }: Pick<Config, 'data' | 'seed'>,
  logger: Pick<Logger, 'info' | 'warn'>,
): EvaluatedSurvivalModel[] {
  const { horizons = [] } = data.durations ?? {};
  const evaluated = fitted.map((model) => {
    const risk = onRows(test, ({ x }) => model.pipeline.predict(x));
    const times = gridUpTo(horizons[horizons.length - 1]);
    const survival = onRows(test, ({ x }) => model.pipeline.predictSurvival(x, [...horizons, ...times]));
    const ofHorizons = survival.slice(0, horizons.length);
    const within = ofHorizons.map((column) => column.map((probability) => 1 - probability));
    const metrics: SurvivalMetrics = {
      ...concordanceOf(test.y, risk, seed),
      integratedBrierScore: orNull(() =>
        integratedBrierScore(test.y, survival.slice(horizons.length), times),
      ),
      horizons: horizons.map((horizon, h) => horizonMetrics(test.y, horizon, ofHorizons[h], within[h])),
    };
    const [low, high] = metrics.interval;
    logger.info(
      `${model.name}: test concordance ${metrics.concordance.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)}), ` +
        `fitted in ${model.fitSeconds.toFixed(1)} s`,
    );
    return { ...model, evaluation: { metrics, risk, within } };
  });
  const highest = Math.max(...evaluated.map(({ evaluation }) => evaluation.metrics.concordance));
  if (highest > SUSPECT) {
    logger.warn(
      `a concordance of ${highest.toFixed(4)} is suspiciously high: are there columns whose values are known only after the start of the durations?`,
    );
  }
  return evaluated;
}

function gridUpTo(last: number): number[] {
  return Array.from({ length: GRID }, (_, i) => (last * (i + 1)) / GRID);
}

function concordanceOf(
  y: Durations,
  risk: Float64Array,
  seed: number,
): Pick<SurvivalMetrics, 'concordance' | 'interval'> {
  const { estimate, low, high } = resampledInterval(
    y,
    (drawn, rows) =>
      concordance(
        drawn as Durations,
        Float64Array.from(rows, (row) => risk[row]),
      ),
    { seed, nResamples: resamples(y.length) },
  );
  return { concordance: estimate, interval: [low, high] };
}

function horizonMetrics(
  y: Durations,
  horizon: number,
  survival: Float64Array,
  within: Float64Array,
): HorizonMetrics {
  return {
    horizon,
    brierScore: orNull(() => brierScore(y, [survival], [horizon])[0]),
    rocAuc: orNull(() => cumulativeDynamicAuc(y, within, [horizon]).auc[0]),
    calibration: orNull(() => calibrationAtHorizon(y, within, horizon)) ?? [],
  };
}
