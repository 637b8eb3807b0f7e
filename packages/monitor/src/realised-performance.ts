import {
  type ClassLabel,
  Labels,
  type LabelsLike,
  listOf,
  parameter,
  Random,
  readOptions,
} from '@churn/core';
import { cellFigures } from './cell-figures.js';
import { cellMeans } from './cell-means.js';
import { figureIntervals, type PerformanceOptions, performanceParameters } from './figure-intervals.js';
import type { RealisedPerformance } from './performance-report.js';
import { poisson } from './poisson.js';
import { ScoreCounts } from './score-counts.js';
import { scoreReference } from './score-reference.js';

const parameters = {
  ...performanceParameters,
  /** The classes in the order of the probabilities. Default those of the labels. */
  classes: listOf(parameter<ClassLabel>('a class label', isLabel)),
};

export type RealisedOptions = PerformanceOptions & { readonly classes?: readonly ClassLabel[] | undefined };

/** Enough cells to represent the scores of the rows closely. */
const CELLS = 1000;

/**
 * The metrics of `estimatePerformance`, computed exactly from labels, with bootstrap intervals. Resamples are drawn in a thousand cells of the
 * score, so they take no longer for a million rows.
 *
 * @param labels the true class of each row.
 * @param probabilities one array per class, with one number per row, as returned by `predictProba`.
 * @throws `invalid-parameter` if an option is invalid; and as `scoreReference`.
 */
export function realisedPerformance(
  labels: LabelsLike,
  probabilities: readonly ArrayLike<number>[],
  options?: RealisedOptions,
): RealisedPerformance {
  const settings = readOptions(parameters, options);
  const { costs, confidenceLevel, nResamples, seed, threshold: at = 0.5 } = settings;
  const known = Labels.from(labels);
  const classes = settings.classes ?? known.classes;
  const score = scoreReference(probabilities, known, classes, { maxCells: CELLS, threshold: at });
  const counts = new ScoreCounts(score);
  counts.add(probabilities);
  const means = cellMeans(counts, score.threshold);
  const positives = score.positives ?? [];
  const cellsBy = (rowsOf: (count: number) => number) =>
    score.probabilities.map(({ counts: rows }, i) => ({
      means: means[i],
      positives: positives[i].map(rowsOf),
      negatives: rows.map((count, cell) => rowsOf(count - positives[i][cell])),
    }));
  const { profit } = cellFigures(
    cellsBy((count) => count),
    costs,
  );
  const random = new Random(seed).stream('realisedPerformance');
  const draws = Array.from({ length: nResamples }, () =>
    cellFigures(
      cellsBy((count) => poisson(random, count)),
      costs,
    ),
  );
  const values = { ...(score.figures as NonNullable<typeof score.figures>), profit };
  return {
    rows: score.rows,
    confidenceLevel,
    figures: figureIntervals(values, draws, confidenceLevel),
  };
}

function isLabel(value: unknown): value is ClassLabel {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
