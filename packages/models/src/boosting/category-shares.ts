import { square } from '@churn/core';
import { normalDeviate } from './chi-square.js';

/** Rows with their cells and targets. */
export interface CellRows {
  /** The cell of each row, at least 0. */
  readonly cells: Int32Array;
  readonly nCells: number;
  /** 1 for a row of the given class, otherwise 0; or target values. A share is the mean of these. */
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** How much the share of a class varies between cells. */
export interface CellVariation {
  /** The number of pseudo-rows of the prior by which the share of a cell is shrunk. */
  readonly smoothing: number;
  /** The number of standard deviations by which the shares vary more than expected by chance; about standard normal under chance alone. */
  readonly significance: number;
}

const LEAST_SMOOTHING = 0.1;
const MAX_SMOOTHING = 1e4;

/**
 * The one-way analysis of variance of a class by cells. The share of a cell is modelled as a draw around the prior, whose variance follows
 * from the mean squares between and within cells. Its empirical-Bayes estimate then is that of a beta-binomial model, `(positives +
 * smoothing prior) / (rows + smoothing)` with `smoothing = (1 - r) / r`, r the correlation within cells (S. R. Searle, G. Casella and C. E.
 * McCulloch, "Variance Components", 1992, sections 3.6 and 3.7; J. K. Haseman and L. L. Kupper, "Analysis of dichotomous response data from
 * certain toxicological experiments", 1979). That of target values is the best linear one, likewise.
 */
export function cellVariation(rows: CellRows): CellVariation {
  const { cells, values, weights } = rows;
  const { totals, positives } = cellSums(rows);
  const total = sum(totals);
  const prior = sum(positives) / total;
  let [between, within, squares, nPresent] = [0, 0, 0, 0];
  totals.forEach((weight, cell) => {
    if (weight === 0) return;
    const share = positives[cell] / weight;
    between += weight * square(share - prior);
    squares += (weight / total) * weight;
    nPresent++;
  });
  for (let i = 0; i < cells.length; i++) {
    if (weights[i] > 0) within += weights[i] * square(values[i] - positives[cells[i]] / totals[cells[i]]);
  }
  const freedom = nPresent - 1;
  const left = total - nPresent;
  // One cell has no information, and cells of one row each have none beyond their label.
  if (freedom < 1 || left <= 0) return { smoothing: MAX_SMOOTHING, significance: 0 };
  const meanBetween = between / freedom;
  const meanWithin = within / left;
  if (meanWithin <= 0) {
    return { smoothing: LEAST_SMOOTHING, significance: meanBetween > 0 ? Infinity : 0 };
  }
  const size = (total - squares) / freedom;
  const correlation = (meanBetween - meanWithin) / (meanBetween + (size - 1) * meanWithin);
  const smoothing = correlation > 0 ? (1 - correlation) / correlation : MAX_SMOOTHING;
  return {
    smoothing: Math.min(Math.max(smoothing, LEAST_SMOOTHING), MAX_SMOOTHING),
    significance: normalDeviate(between / meanWithin, freedom),
  };
}

/** The share of the class over all rows. */
export function overallShare(rows: CellRows): number {
  const { totals, positives } = cellSums(rows);
  return sum(positives) / sum(totals);
}

/** The share of the class in each cell, shrunk towards the prior. */
export function cellShares(rows: CellRows, prior: number, smoothing: number): Float64Array {
  const { totals, positives } = cellSums(rows);
  return totals.map((total, cell) => (positives[cell] + smoothing * prior) / (total + smoothing));
}

/** The share of each row's cell; the prior for the cell -1, which has no rows. */
export function sharesOf(cells: Int32Array, shares: Float64Array, prior: number): Float64Array {
  const values = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row++) values[row] = cells[row] < 0 ? prior : shares[cells[row]];
  return values;
}

/** For each row, the share of the class in its cell among the rows of the other folds, shrunk towards the prior. */
export function outOfFoldShares(
  rows: CellRows,
  folds: Int32Array,
  prior: number,
  smoothing: number,
): Float64Array {
  const { cells, nCells, values } = rows;
  const [least, most] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  const nFolds = folds.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const all = cellSums(rows);
  const inFold = cellSums({
    ...rows,
    cells: cells.map((cell, i) => cell * nFolds + folds[i]),
    nCells: nCells * nFolds,
  });
  const shares = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    const own = cell * nFolds + folds[i];
    // Differences of sums may slightly exceed their bounds by rounding.
    const total = Math.max(all.totals[cell] - inFold.totals[own], 0);
    const rest = all.positives[cell] - inFold.positives[own];
    const positives = Math.min(Math.max(rest, least * total), most * total);
    shares[i] = (positives + smoothing * prior) / (total + smoothing);
  }
  return shares;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function cellSums({ cells, nCells, values, weights }: CellRows) {
  const totals = new Float64Array(nCells);
  const positives = new Float64Array(nCells);
  for (let i = 0; i < cells.length; i++) {
    totals[cells[i]] += weights[i];
    positives[cells[i]] += weights[i] * values[i];
  }
  return { totals, positives };
}
