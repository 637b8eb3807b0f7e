import {
  type CategoryColumn,
  ChurnError,
  Labels,
  type LabelsLike,
  requireTargetPerRow,
  type Table,
} from '@churn/core';

/** The number of rows, and of those in the encoded class. */
export interface ClassCount {
  readonly positives: number;
  readonly rows: number;
}

/** The code of a level, from its own counts and those of all rows. A level without rows is an unseen one. */
export type LevelScore = (positives: number, rows: number, all: ClassCount) => number;

/**
 * The labels for a supervised encoder.
 * @throws `invalid-target` if `y` is missing; `invalid-data` if there are no rows, or `y` differs in length.
 */
export function trainingLabels(type: string, x: Table, y: LabelsLike | undefined): Labels {
  if (y === undefined) throw new ChurnError('invalid-target', `${type} needs labels: expected y, got none`);
  const labels = Labels.from(y);
  if (x.nRows === 0) throw new ChurnError('invalid-data', `${type}: the table has no rows`);
  requireTargetPerRow(x, labels);
  return labels;
}

/** The counts of the class of code `target` over all rows. */
export function countClass({ codes }: Labels, target: number): ClassCount {
  let positives = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] === target) positives++;
  return { positives, rows: codes.length };
}

/** The score of each level that has rows, for the class of code `target`. */
export function levelScores(
  { codes, levels }: CategoryColumn,
  labels: Labels,
  target: number,
  score: LevelScore,
): Record<string, number> {
  const all = countClass(labels, target);
  const rows = new Int32Array(levels.length);
  const positives = new Int32Array(levels.length);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0) continue;
    rows[codes[row]]++;
    if (labels.codes[row] === target) positives[codes[row]]++;
  }
  return Object.fromEntries(
    levels
      .map((level, code) => [level, score(positives[code], rows[code], all)] as const)
      .filter((_, code) => rows[code] > 0),
  );
}

/**
 * Encodes the rows of a column, each by the score of its level in the rows of the *other* folds; as an unseen level if these lack it or
 * the value is missing.
 *
 * @param folds the fold of each row, 0 to `nFolds` - 1; none may contain all rows.
 */
export function outOfFoldScores(
  { codes, levels }: CategoryColumn,
  labels: Labels,
  target: number,
  score: LevelScore,
  folds: Int32Array,
  nFolds: number,
): Float64Array {
  // The extra element after the levels counts all rows.
  const width = levels.length + 1;
  const rowsIn = new Int32Array(nFolds * width);
  const positivesIn = new Int32Array(nFolds * width);
  for (let row = 0; row < codes.length; row++) {
    const base = folds[row] * width;
    const positive = labels.codes[row] === target ? 1 : 0;
    rowsIn[base + levels.length]++;
    positivesIn[base + levels.length] += positive;
    if (codes[row] < 0) continue;
    rowsIn[base + codes[row]]++;
    positivesIn[base + codes[row]] += positive;
  }
  const rows = sumOverFolds(rowsIn, width);
  const positives = sumOverFolds(positivesIn, width);

  const scores = new Float64Array(nFolds * width);
  for (let fold = 0; fold < nFolds; fold++) {
    const base = fold * width;
    const last = width - 1;
    const all = {
      positives: positives[last] - positivesIn[base + last],
      rows: rows[last] - rowsIn[base + last],
    };
    for (let code = 0; code < last; code++) {
      scores[base + code] = score(
        positives[code] - positivesIn[base + code],
        rows[code] - rowsIn[base + code],
        all,
      );
    }
    scores[base + last] = score(0, 0, all);
  }
  const encoded = new Float64Array(codes.length);
  for (let row = 0; row < encoded.length; row++) {
    const place = codes[row] < 0 ? levels.length : codes[row];
    encoded[row] = scores[folds[row] * width + place];
  }
  return encoded;
}

function sumOverFolds(counts: Int32Array, width: number): Int32Array {
  const sums = new Int32Array(width);
  for (let i = 0; i < counts.length; i++) sums[i % width] += counts[i];
  return sums;
}
