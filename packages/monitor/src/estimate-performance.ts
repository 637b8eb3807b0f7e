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
 * Estimates how good a model is on rows whose labels are not known yet, by what its scores meant on the reference: confidence-based
 * performance estimation, CBPE (J. Białek et al., "Estimating Model Performance Under Covariate Shift Without Labels", 2024, as NannyML
 * has it). In each cell of the score the share of the class is that of the reference, made to rise with the score; from these follow the
 * expected outcomes of the new rows, and all figures.
 *
 * It sees what a shift of the data does to the performance, as long as rows of the same score are of the class as often as before. Where
 * the relation between data and target itself has changed, *concept drift*, it sees nothing: only labels tell.
 *
 * The intervals cover the chance in the reference's labels, in which rows came, and in their labels: of such samples as many are drawn as
 * `nResamples` says. So they hold the figures that the labels of these rows give later, with the probability of `confidenceLevel`. Of
 * more than two classes each is drawn by itself.
 *
 * @param counts of new rows, with their probabilities; they have been counted in the cells of `score`.
 * @throws `invalid-parameter` if an option is invalid, or `score` has no labels or is not of the reference of the counts.
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
  const isSame = scores?.sums.every(({ called }, i) => called.length === known[i].length) ?? false;
  if (!scores || !isSame || known.length !== scores.sums.length) {
    throw new ChurnError('invalid-parameter', 'counts: expected counts of the scores of this reference');
  }
  const threshold = score.threshold === null ? null : (settings.threshold ?? score.threshold);
  const means = cellMeans(scores, threshold);
  /** The rows of each class, of as many as `rowsOf` finds of the expected ones. */
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
  const asItIs = (count: number) => count;
  const values = cellFigures(cellsBy(ratesOf(asItIs), asItIs), costs);
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

/** What the figures were on the reference, at a threshold that may be another than its own. */
function referenceFigures(
  { figures, positives, probabilities, rows, ...score }: ScoreReference,
  threshold: number | null,
  costs: PerformanceOptions['costs'],
): FigureValues {
  if (figures === null || positives === null) throw new Error('the reference has labels');
  if (threshold === null) return { ...figures, profit: null };
  const shares = sharesFrom(threshold, probabilities[0].breakpoints);
  let [actual, called, hits] = [0, 0, 0];
  shares.forEach((share, cell) => {
    actual += positives[0][cell];
    called += probabilities[0].counts[cell] * share;
    hits += positives[0][cell] * share;
  });
  const outcomes = { actual, called, hits };
  const others = { actual: rows - actual, called: rows - called, hits: rows - actual - called + hits };
  const decisions = threshold === score.threshold ? {} : decisionFigures([others, outcomes], rows);
  return {
    ...figures,
    ...decisions,
    profit: costs && rows > 0 ? profitOf(outcomes, rows, costs) : null,
  };
}
