import {
  ChurnError,
  integerParameter,
  isList,
  Labels,
  type LabelsLike,
  log,
  numberParameter,
  type OptionsOf,
  parameter,
  Random,
  readOptions,
  requireParameter,
  sampleWeights,
  type TargetLike,
  type TargetValues,
  withDefault,
} from '@churn/core';
import { isAnything } from '../cross-val-options.js';
import { classProbabilities } from '../metrics/class-probabilities.js';
import { metricParameters } from '../metrics/metric.js';
import { regressionErrors } from '../metrics/regression-errors.js';
import { improvement, type Scorer } from '../scorer.js';
import { scorers } from '../scorers.js';
import { type Scoring, scorerOf } from '../scoring.js';
import { numericTarget } from '../splitters/strata.js';

const parameters = {
  /** The number of selection rounds, at least 1; a member can be added several times. Default 50. */
  nRounds: withDefault(integerParameter({ from: 1, to: 1000 }), 50),
  /** The maximum number of best candidates to start from, at least 1; the number that scores best together is used. Default 5. */
  nInitial: withDefault(integerParameter({ from: 1, to: 1000 }), 5),
  /**
   * The number of bags: selections among the best candidate and random others, which are averaged, at least 1. Default 20 for up to 20,000
   * rows; for more, 1, among all candidates.
   */
  nBags: integerParameter({ from: 1 }),
  /** The share of the candidates in each of several bags, above 0 and up to 1. Default 0.8. */
  bagFraction: withDefault(numberParameter({ above: 0, to: 1 }), 0.8),
  /** Members with less weight are dropped, from 0 to 0.5: each costs a fit, and time in every prediction. Default 0.02. */
  minWeight: withDefault(numberParameter({ from: 0, to: 0.5 }), 0.02),
  /** The seed of the bags. Default 0. */
  seed: withDefault(numberParameter(), 0),
  /**
   * The objective: a scorer or its name. Default `logLoss`, which is many times faster than others; for regression `meanSquaredError`.
   */
  scoring: parameter<Scoring>('a scorer or its name', isAnything),
  /** The weight of each row. Default 1 for each. */
  sampleWeight: metricParameters.sampleWeight,
};

/** Up to this many rows, bags are worth their time. */
const FEW_ROWS = 20_000;
const BAGS_OF_FEW_ROWS = 20;

export type SelectEnsembleOptions = OptionsOf<typeof parameters>;

/**
 * Ensemble selection: the weights for averaging candidates, by greedy forward selection with replacement. Starting from the best
 * candidates, each round adds the one that improves the mean the most; the best round counts, the earliest in case of a tie. The weight
 * of a candidate is how often it was added, so most get none (Caruana, Niculescu-Mizil, Crew and Ksikes, "Ensemble selection from
 * libraries of models", 2004).
 *
 * With few rows, selection overfits. Starting from several good candidates reduces this, and so do bags: selections among random subsets
 * of the candidates, whose weights are averaged, as that paper recommends. Here, each bag has the best candidate: without it, bags of few
 * candidates would give their weight to much worse ones.
 *
 * ```ts
 * const predictions = candidates.map((each) => crossValPredict(each, x, y, { cv }));
 * const weights = selectEnsemble(y, predictions); // [0.4, 0, 0.6]
 * const classifiers = candidates.filter((_, i) => weights[i]! > 0);
 * new VotingClassifier({ classifiers, weights: weights.filter((weight) => weight > 0) });
 * ```
 *
 * @param y the classes; or `TargetValues`, whose candidates are regressors for a `VotingRegressor`.
 * @param predictions for each candidate one array per class with the probability of each row, or one array of predicted values, by models
 * fitted without the row, as returned by `crossValPredict`.
 * @returns one weight per candidate; they add up to 1.
 * @throws `invalid-target` if there are fewer than two classes; `invalid-data`, naming the candidate, if its probabilities are not one
 * array per class with one probability per row; `invalid-parameter` if there is no candidate, or for invalid options.
 */
export function selectEnsemble(
  y: TargetLike,
  predictions: readonly (readonly ArrayLike<number>[])[],
  options?: SelectEnsembleOptions,
): number[] {
  const settings = readOptions(parameters, options);
  const own = numericTarget(y);
  if (own?.kind === 'durations') {
    throw new ChurnError(
      'invalid-target',
      'y: expected classes or target values, got durations: survival models cannot be blended',
    );
  }
  const target = own ?? Labels.from(y as LabelsLike);
  const weights = sampleWeights({ sampleWeight: settings.sampleWeight }, target.length);
  const blend = blendOf(settings.scoring, { target, candidates: checked(target, predictions), weights });
  const losses = predictions.map((_, candidate) => blend.lossWith(candidate));
  const [best, ...others] = sorted(
    predictions.map((_, candidate) => candidate),
    (candidate) => losses[candidate],
  );
  const random = new Random(settings.seed).stream('selectEnsemble');
  const size = Math.max(1, Math.round(settings.bagFraction * losses.length));
  const totals = new Float64Array(losses.length);
  const nBags = settings.nBags ?? (target.length > FEW_ROWS ? 1 : BAGS_OF_FEW_ROWS);
  for (let bag = 0; bag < nBags; bag++) {
    const drawn = sorted([best, ...(nBags === 1 ? others : random.shuffle([...others]).slice(0, size - 1))]);
    const counts = selection(blend, drawn, settings);
    const nTaken = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, i) => {
      totals[drawn[i]] += count / nTaken / nBags;
    });
  }
  return withoutSmall(totals, settings.minWeight);
}

/** The weights without those below `least`, of the same sum; the largest stays in any case. */
function withoutSmall(weights: Float64Array, least: number): number[] {
  const bound = Math.min(least, Math.max(...weights));
  const kept = weights.map((weight) => (weight < bound ? 0 : weight));
  const total = kept.reduce((sum, weight) => sum + weight, 0);
  return Array.from(kept, (weight) => weight / total);
}

/** A running sum of what candidates predict. */
interface Blend {
  /** The loss of the mean, were a candidate added to it. */
  lossWith(candidate: number): number;
  add(candidate: number): void;
  /** Leaves no candidate in it. */
  clear(): void;
}

interface Selected {
  readonly nRounds: number;
  readonly nInitial: number;
}

/** An improvement by less is rounding. */
const TINY = 1e-12;

/** How often each of some candidates is taken, in their order. */
function selection(
  blend: Blend,
  candidates: readonly number[],
  { nRounds, nInitial }: Selected,
): readonly number[] {
  blend.clear();
  const alone = candidates.map((candidate) => blend.lossWith(candidate));
  const order = sorted(
    candidates.map((_, i) => i),
    (i) => alone[i],
  );
  const taken: number[] = [];
  let best = { loss: Infinity, size: 0 };
  const take = (i: number, loss: number) => {
    blend.add(candidates[i]);
    taken.push(i);
    if (best.size === 0 || loss < best.loss - TINY * Math.abs(best.loss)) best = { loss, size: taken.length };
  };
  for (const i of order.slice(0, nInitial)) take(i, blend.lossWith(candidates[i]));
  // What did not help at the start is not in it.
  taken.length = best.size;
  blend.clear();
  for (const i of taken) blend.add(candidates[i]);
  for (let round = 0; round < nRounds; round++) {
    const losses = candidates.map((candidate) => blend.lossWith(candidate));
    const [first] = sorted(
      candidates.map((_, i) => i),
      (i) => losses[i],
    );
    take(first, losses[first]);
  }
  const counts = candidates.map(() => 0);
  for (const i of taken.slice(0, best.size)) counts[i]++;
  return counts;
}

/** Numbers by a key that rises, of equal ones the earlier first. */
function sorted(values: readonly number[], key: (value: number) => number = (value) => value): number[] {
  return [...values].sort((a, b) => key(a) - key(b));
}

type Blendable = Labels | TargetValues;

interface Rows<T extends Blendable = Blendable> {
  readonly target: T;
  /** For each candidate one array per class, or one of predicted values. */
  readonly candidates: readonly (readonly Float64Array[])[];
  readonly weights: Float64Array | undefined;
}

function blendOf(scoring: Scoring | undefined, { target, ...others }: Rows): Blend {
  if (target.kind === 'values')
    return scoredBlend(scorerOf(scoring ?? 'meanSquaredError', target), { target, ...others });
  const scorer = scorerOf<Labels>(scoring ?? 'logLoss', target);
  return scorer === scorers.logLoss
    ? logLossBlend({ target, ...others })
    : scoredBlend(scorer, { target, ...others });
}

/** So many factors of a product of probabilities neither vanish nor overflow. */
const FACTORS = 16;

/** The log loss needs nothing but the probabilities of the true classes. */
function logLossBlend({ target, candidates, weights }: Rows<Labels>): Blend {
  const { codes, length } = target;
  const ofTruth = candidates.map((columns) => Float64Array.from(codes, (code, row) => columns[code][row]));
  const sums = new Float64Array(length);
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? length;
  let size = 0;
  return {
    lossWith(candidate) {
      const added = ofTruth[candidate];
      // Bounds as those of `logLoss`, for sums in place of means.
      const least = Number.EPSILON * (size + 1);
      const most = size + 1 - least;
      let logs = 0;
      if (weights) {
        for (let row = 0; row < length; row++) {
          logs += weights[row] * log(Math.min(Math.max(sums[row] + added[row], least), most));
        }
      } else {
        // One logarithm of a product instead of the sum of many.
        for (let row = 0; row < length; ) {
          let product = 1;
          for (const end = Math.min(row + FACTORS, length); row < end; row++) {
            product *= Math.min(Math.max(sums[row] + added[row], least), most);
          }
          logs += log(product);
        }
      }
      return log(size + 1) - logs / total;
    },
    add(candidate) {
      const added = ofTruth[candidate];
      for (let row = 0; row < length; row++) sums[row] += added[row];
      size++;
    },
    clear() {
      sums.fill(0);
      size = 0;
    },
  };
}

/** Any other scorer is given the mean of each array. */
function scoredBlend<T extends Blendable>(
  scorer: Scorer<T>,
  { target, candidates, weights }: Rows<T>,
): Blend {
  const sums = candidates[0].map(() => new Float64Array(target.length));
  const means = candidates[0].map(() => new Float64Array(target.length));
  const options = weights && { sampleWeight: weights };
  let size = 0;
  return {
    lossWith(candidate) {
      means.forEach((mean, k) => {
        const [sum, added] = [sums[k], candidates[candidate][k]];
        for (let row = 0; row < mean.length; row++) mean[row] = (sum[row] + added[row]) / (size + 1);
      });
      return improvement(scorer, 0, scorer.score(target, means, options));
    },
    add(candidate) {
      sums.forEach((sum, k) => {
        const added = candidates[candidate][k];
        for (let row = 0; row < sum.length; row++) sum[row] += added[row];
      });
      size++;
    },
    clear() {
      for (const sum of sums) sum.fill(0);
      size = 0;
    },
  };
}

/**
 * @throws `invalid-parameter` if there is no candidate; `invalid-data` if one has no probability of each class a row, or no amount of
 * each row.
 */
function checked(
  target: Blendable,
  predictions: readonly (readonly ArrayLike<number>[])[],
): readonly (readonly Float64Array[])[] {
  const isOfClasses = target.kind === 'classes';
  const [all, one] = isOfClasses
    ? ['one array per class', 'one array of probabilities per class']
    : ['one array of predicted values', 'one array of predicted values'];
  const areSome = Array.isArray(predictions) && predictions.length > 0;
  requireParameter(areSome, 'predictions', `${all} for each of one or more candidates`, predictions);
  return predictions.map((columns, candidate) => {
    const areLists = Array.isArray(columns) && columns.every(isList) && (isOfClasses || columns.length === 1);
    requireParameter(areLists, `predictions[${candidate}]`, one, columns);
    try {
      return isOfClasses
        ? classProbabilities(target, columns).columns
        : [regressionErrors(target, columns[0]).predicted];
    } catch (cause) {
      if (!ChurnError.is(cause)) throw cause;
      throw new ChurnError(cause.code, `predictions[${candidate}]: ${cause.message}`, { cause });
    }
  });
}
