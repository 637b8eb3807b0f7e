import { ChurnError, Labels, type LabelsLike, type OptionsOf, readOptions, sampleWeights } from '@churn/core';
import { classProbabilities } from '../metrics/class-probabilities.js';
import { compare } from '../metrics/comparison.js';
import { metricParameters, type Scores } from '../metrics/metric.js';
import { positiveCode } from '../metrics/positive-class.js';
import { type CostColumns, costParameters, readCosts } from './customer-costs.js';

const parameters = { ...metricParameters, ...costParameters };

/** The costs of outcomes, one number for all customers or one per customer, and the weight of each customer. */
export type CostOptions = OptionsOf<typeof parameters>;

/** Customers, what was decided of them, and what that may cost. */
interface Decided {
  /** Whether each is of the positive class. */
  readonly isPositive: Uint8Array;
  /** How far each was called positive: 0 or 1, or a probability. */
  readonly called: ArrayLike<number>;
  readonly costs: CostColumns;
  readonly weights: Float64Array | undefined;
}

/**
 * The mean cost of decisions, with costs that may differ between customers.
 *
 * @throws as `confusionMatrix`, and `invalid-target` unless there are two classes one of them known to be positive; `invalid-data` if the
 * costs differ in length from the labels.
 */
export function averageCost(yTrue: LabelsLike, yPredicted: LabelsLike, options: CostOptions): number {
  const decided = byLabels(yTrue, yPredicted, options);
  return meanCost(decided, decided.called);
}

/**
 * The expected cost of decisions drawn with the probabilities, `y (p tp + (1 - p) fn) + (1 - y) (p fp + (1 - p) tn)`: a smooth version of
 * `averageCost` (`expected_cost_loss` of empulse).
 *
 * @param probabilities of the positive class, or one array per class.
 * @throws as `brierScore`, and `invalid-data` if the costs differ in length from the labels.
 */
export function expectedCost(yTrue: LabelsLike, probabilities: Scores, options: CostOptions): number {
  const decided = byProbabilities(yTrue, probabilities, options);
  return meanCost(decided, decided.called);
}

/**
 * The share of cost that decisions save compared with the cheaper of predicting everybody or nobody positive: 1 if there is no cost, more
 * if there is a gain, 0 if decisions are no better, negative if they are worse (Correa Bahnsen et al., 2014; `savings_score` of empulse).
 *
 * @throws as `averageCost`, and `invalid-data` if the cheaper of the two costs nothing or brings a gain, so savings are undefined.
 */
export function savings(yTrue: LabelsLike, yPredicted: LabelsLike, options: CostOptions): number {
  return savedShare(byLabels(yTrue, yPredicted, options));
}

/**
 * The savings of decisions drawn with the probabilities (`expected_savings_score` of empulse).
 *
 * @param probabilities of the positive class, or one array per class.
 * @throws as `expectedCost` and `savings`.
 */
export function expectedSavings(yTrue: LabelsLike, probabilities: Scores, options: CostOptions): number {
  return savedShare(byProbabilities(yTrue, probabilities, options));
}

function byLabels(yTrue: LabelsLike, yPredicted: LabelsLike, options: CostOptions): Decided {
  const { sampleWeight, ...costs } = readOptions(parameters, options);
  // It refuses what cannot be compared.
  const { classes } = compare(yTrue, yPredicted, { sampleWeight });
  const truth = Labels.from(yTrue, classes);
  const code = requireTwo(classes.length, () => positiveCode(classes, undefined, positiveOf(yTrue, classes)));
  const called = Labels.from(yPredicted, classes).codes;
  return {
    isPositive: Uint8Array.from(truth.codes, (each) => (each === code ? 1 : 0)),
    called: Uint8Array.from(called, (each) => (each === code ? 1 : 0)),
    costs: readCosts(costs, truth.length),
    weights: sampleWeights({ sampleWeight }, truth.length),
  };
}

function byProbabilities(yTrue: LabelsLike, probabilities: Scores, options: CostOptions): Decided {
  const { sampleWeight, ...costs } = readOptions(parameters, options);
  const { labels, columns } = classProbabilities(yTrue, probabilities);
  const { classes, positive, codes, length } = labels;
  const code = requireTwo(classes.length, () => positiveCode(classes, undefined, positive));
  return {
    isPositive: Uint8Array.from(codes, (each) => (each === code ? 1 : 0)),
    called: columns[code],
    costs: readCosts(costs, length),
    weights: sampleWeights({ sampleWeight }, length),
  };
}

function positiveOf(yTrue: LabelsLike, classes: Labels['classes']): Labels['positive'] {
  return 'codes' in yTrue ? yTrue.positive : Labels.from(classes).positive;
}

function requireTwo(nClasses: number, read: () => number): number {
  if (nClasses === 2) return read();
  throw new ChurnError('invalid-target', `expected labels of two classes, got ${nClasses}`);
}

function meanCost({ isPositive, costs, weights }: Decided, called: ArrayLike<number>): number {
  const { truePositive, falseNegative, falsePositive, trueNegative } = costs;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < isPositive.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    const [ofCall, ofRest] = isPositive[i] ? [truePositive, falseNegative] : [falsePositive, trueNegative];
    sum += weight * (called[i] * ofCall[i] + (1 - called[i]) * ofRest[i]);
    total += weight;
  }
  return sum / total;
}

function savedShare(decided: Decided): number {
  const n = decided.isPositive.length;
  const [nobody, everybody] = [0, 1].map((each) => meanCost(decided, new Uint8Array(n).fill(each)));
  const baseline = Math.min(nobody, everybody);
  if (baseline > 0) return 1 - meanCost(decided, decided.called) / baseline;
  throw new ChurnError(
    'invalid-data',
    `the cheaper of predicting everybody or nobody positive costs ${baseline} per customer, so savings are undefined; ` +
      'use averageCost',
  );
}
