import type { CategoryColumn, Column } from '@churn/core';
import { distinctValues } from './distinct-values.js';
import { singleColumnAuc } from './single-column-auc.js';

/** How well a column alone tells a class from all others, at least 0.5 (not at all) to 1. */
export interface Separation {
  /** By the best of its ways: order, out-of-fold rates, or having a value. */
  readonly auc: number;
  /** By having a value alone. */
  readonly gaps: number;
}

const FOLDS = 5;
/** Of more different numbers, so many ranges of about equally many rows have a rate each. */
const RANGES = 50;

/**
 * How well some rows of a column tell the class: ordered values by their rank, and all by the rate of their level or range in other folds,
 * a missing value counting as a level.
 *
 * @param isPositive 1 for each of `rows` that is of the class.
 * @param isOrdered whether categories have the order of their texts, as dates in ISO 8601 do.
 */
export function separation(
  column: Column,
  rows: Int32Array,
  isPositive: Uint8Array,
  isOrdered: boolean,
): Separation {
  const { codes, size, counts } =
    column.kind === 'numeric' || isOrdered ? ranked(column, rows) : levels(column, rows);
  const gaps = gapsAuc(codes, isPositive);
  if (counts === undefined) return { gaps, auc: Math.max(gaps, outOfFoldAuc(codes, size, isPositive)) };
  const ranges = rangesOf(codes, counts);
  return {
    gaps,
    auc: Math.max(
      gaps,
      outOfFoldAuc(ranges.codes, ranges.size, isPositive),
      rankAuc(codes, counts, isPositive),
    ),
  };
}

interface Groups {
  /** The group of each row; -1 if it is missing. */
  readonly codes: Int32Array;
  readonly size: number;
  /** How many rows each group has, where groups are in an order. */
  readonly counts?: Int32Array;
}

function ranked(column: Column, rows: Int32Array): Groups {
  const { codes, counts, values } = distinctValues(Float64Array.from(rows, orderOf(column)));
  return { codes, size: values.length, counts };
}

/** The place of the value of a row: the number itself, or that of its level among all levels. */
function orderOf(column: Column): (row: number) => number {
  if (column.kind === 'numeric') return (row) => column.values[row];
  const { codes, levels } = column;
  const sorted = levels.map((_, code) => code).sort((a, b) => (levels[a] < levels[b] ? -1 : 1));
  const places = new Float64Array(levels.length);
  sorted.forEach((code, place) => {
    places[code] = place;
  });
  return (row) => (codes[row] < 0 ? NaN : places[codes[row]]);
}

function levels(column: Column, rows: Int32Array): Groups {
  const { codes: all } = column as CategoryColumn;
  const places = new Map<number, number>();
  const codes = Int32Array.from(rows, (row) => {
    const code = all[row];
    if (code < 0) return -1;
    const place = places.get(code) ?? places.size;
    places.set(code, place);
    return place;
  });
  return { codes, size: places.size };
}

/** Ranges of about equally many rows, or each value by itself if there are few. */
function rangesOf(codes: Int32Array, counts: Int32Array): Groups {
  if (counts.length <= RANGES) return { codes, size: counts.length };
  const total = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  const rangeOf = Int32Array.from(counts, (count) => {
    const range = Math.floor((before / total) * RANGES);
    before += count;
    return range;
  });
  return { codes: codes.map((code) => (code < 0 ? -1 : rangeOf[code])), size: RANGES };
}

function gapsAuc(codes: Int32Array, isPositive: Uint8Array): number {
  const [rows, positives] = [new Int32Array(2), new Int32Array(2)];
  for (let row = 0; row < codes.length; row++) {
    const group = codes[row] < 0 ? 0 : 1;
    rows[group]++;
    positives[group] += isPositive[row];
  }
  return eitherWay(singleColumnAuc(rows, positives));
}

/** By order, over the rows that have a value, if these are at least half of the rows of either class. */
function rankAuc(codes: Int32Array, counts: Int32Array, isPositive: Uint8Array): number {
  const positives = new Int32Array(counts.length);
  const [all, present] = [new Int32Array(2), new Int32Array(2)];
  for (let row = 0; row < codes.length; row++) {
    all[isPositive[row]]++;
    if (codes[row] < 0) continue;
    present[isPositive[row]]++;
    positives[codes[row]] += isPositive[row];
  }
  const isEnough = [0, 1].every((side) => 2 * present[side] >= all[side]);
  return isEnough ? eitherWay(singleColumnAuc(counts, positives)) : 0.5;
}

/** By the rate of each group in the other folds, which pulls the rate of a small group towards that of all. */
function outOfFoldAuc(codes: Int32Array, size: number, isPositive: Uint8Array): number {
  // A group more for the rows without a value.
  const groups = size + 1;
  const rows = new Int32Array(FOLDS * groups);
  const positives = new Int32Array(FOLDS * groups);
  const [nRows, nPositives] = [new Int32Array(groups), new Int32Array(groups)];
  let all = 0;
  // Folds of equal shares of both classes.
  const next = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    const isOne = isPositive[row];
    const group = codes[row] < 0 ? size : codes[row];
    const cell = (next[isOne]++ % FOLDS) * groups + group;
    rows[cell]++;
    positives[cell] += isOne;
    nRows[group]++;
    nPositives[group] += isOne;
    all += isOne;
  }
  const prior = all / codes.length;
  const filled = Array.from(rows.keys()).filter((cell) => rows[cell] > 0);
  const rates = new Float64Array(rows.length);
  for (const cell of filled) {
    const group = cell % groups;
    rates[cell] = (nPositives[group] - positives[cell] + prior) / (nRows[group] - rows[cell] + 1);
  }
  filled.sort((a, b) => rates[a] - rates[b]);
  const [tiedRows, tiedPositives]: [number[], number[]] = [[], []];
  filled.forEach((cell, i) => {
    if (i === 0 || rates[cell] !== rates[filled[i - 1]]) {
      tiedRows.push(0);
      tiedPositives.push(0);
    }
    tiedRows[tiedRows.length - 1] += rows[cell];
    tiedPositives[tiedPositives.length - 1] += positives[cell];
  });
  // Not either way: a rate that ranks the wrong way round out of fold has learned nothing.
  return singleColumnAuc(tiedRows, tiedPositives) ?? 0.5;
}

function eitherWay(auc: number | null): number {
  return auc === null ? 0.5 : Math.max(auc, 1 - auc);
}
