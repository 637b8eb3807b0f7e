import { ChurnError, Random, readOptions } from '@churn/core';
import { calibratedRates } from './calibrated-rates.js';
import { type ClassCells, cellFigures, type FigureValues, profitOf } from './cell-figures.js';
import { cellMeans, sharesFrom } from './cell-means.js';
import { decisionFigures } from './decision-figures.js';
import { figureIntervals, type PerformanceOptions, performanceParameters } from './figure-intervals.js';
import type { EstimatedPerformance, FigureEstimate, FigureName } from './performance-report.js';
import { poisson } from './poisson.js';
import type { ProfileCounts } from './profile-counts.js';
import type { ScoreReference } from './score-reference.js';

/**
 * Estimates the metrics of a model on rows without labels: confidence-based performance estimation, CBPE (J. Białek et al., "Estimating Model
 * Performance Under Covariate Shift Without Labels", 2024; NannyML). In each cell of the score, the share of the class is that of the
 * reference, made monotone in the score; this gives the expected outcomes of the new rows, and from them all metrics.
 *
 * It accounts for changes in the distribution of scores, provided that rows with the same score have the class as often as before. It cannot
 * detect concept drift, a change in the relation between features and target: only labels show it.
 *
 * The intervals account for the sampling of the reference labels, of the new rows and of their labels, by `nResamples` draws. They contain the
 * metrics later computed from the labels with probability `confidenceLevel`. With more than two classes, each is drawn independently.
 *
 * @param counts the counts of new rows with their probabilities, in the cells of `score`.
 * @throws `invalid-parameter` if an option is invalid, `score` has no labels, or the counts are based on another reference.
 */
export function estimatePerformance(
  score: ScoreReference,
  counts: ProfileCounts,
  options?: PerformanceOptions,
): EstimatedPerformance {
  const settings = readOptions(performanceParameters, options);
  const { costs, confidenceLevel, nResamples, seed } = settings;
  const { positives: known } = score;
  const { scores } = counts;
  if (known === null) {
    throw new ChurnError('invalid-parameter', 'score: expected scores of rows with labels, got none');
  }
  const isSame = scores?.sums.every(({ predicted }, i) => predicted.length === known[i].length) ?? false;
  if (!scores || !isSame || known.length !== scores.sums.length) {
    throw new ChurnError('invalid-parameter', 'counts: expected counts of the scores of this reference');
  }
  const threshold = score.threshold === null ? null : (settings.threshold ?? score.threshold);
  const means = cellMeans(scores, threshold);
  /** The rows of each class; `rowsOf` maps expected numbers of rows to those used. */
  const cellsBy = (rates: readonly Float64Array[], rowsOf: (expected: number) => number): ClassCells[] =>
    rates.map((ofClass, i) => {
      const { counts: rows } = scores.probabilities[i];
      return {
        means: means[i],
        positives: rows.map((count, cell) => rowsOf(count * ofClass[cell])),
        negatives: rows.map((count, cell) => rowsOf(count * (1 - ofClass[cell]))),
      };
    });
  const ratesOf = (rowsOf: (count: number) => number) =>
    score.probabilities.map(({ counts: rows }, i) => {
      const positives = known[i].map(rowsOf);
      const negatives = rows.map((count, cell) => rowsOf(count - known[i][cell]));
      const drawn = positives.map((count, cell) => count + negatives[cell]);
      const isEmpty = drawn.every((count) => count === 0);
      return isEmpty ? new Float64Array(rows.length) : calibratedRates(positives, drawn);
    });
  const identity = (count: number) => count;
  const values = cellFigures(cellsBy(ratesOf(identity), identity), costs);
  const random = new Random(seed).stream('estimatePerformance');
  const drawn = (mean: number) => poisson(random, mean);
  const draws = Array.from({ length: nResamples }, () => cellFigures(cellsBy(ratesOf(drawn), drawn), costs));
  const intervals = figureIntervals(values, draws, confidenceLevel);
  const reference = referenceFigures(score, threshold, costs);
  const figures = Object.fromEntries(
    (Object.keys(intervals) as FigureName[]).map((name) => [
      name,
      { ...intervals[name], reference: reference[name] },
    ]),
  ) as Record<FigureName, FigureEstimate>;
  return { rows: scores.rows, confidenceLevel, figures };
}

/** The metrics on the reference, possibly at another threshold. */
function referenceFigures(
  { figures, positives, probabilities, rows, ...score }: ScoreReference,
  threshold: number | null,
  costs: PerformanceOptions['costs'],
): FigureValues {
  if (figures === null || positives === null) throw new Error('the reference has labels');
  if (threshold === null) return { ...figures, profit: null };
  const shares = sharesFrom(threshold, probabilities[0].breakpoints);
  let [actual, predicted, truePositives] = [0, 0, 0];
  shares.forEach((share, cell) => {
    actual += positives[0][cell];
    predicted += probabilities[0].counts[cell] * share;
    truePositives += positives[0][cell] * share;
  });
  const outcomes = { actual, predicted, truePositives };
  const others = {
    actual: rows - actual,
    predicted: rows - predicted,
    truePositives: rows - actual - predicted + truePositives,
  };
  const decisions = threshold === score.threshold ? {} : decisionFigures([others, outcomes], rows);
  return {
    ...figures,
    ...decisions,
    profit: costs && rows > 0 ? profitOf(outcomes, rows, costs) : null,
  };
}
