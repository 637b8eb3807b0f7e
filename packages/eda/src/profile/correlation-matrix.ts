import { averageRanks } from './average-ranks.js';
import type { DistinctValues } from './distinct-values.js';

/** So many rows of all columns stay in the processor's cache while pairs are summed. */
const CHUNK = 1024;

/**
 * The correlations of all pairs of columns, each over the rows in which both are finite; `null` where either is constant there.
 *
 * `r = sum((x - mx)(y - my)) / sqrt(sum((x - mx)²) sum((y - my)²))` (Pearson, 1895), of the values, or with `'spearman'` of
 * their ranks within the rows of the pair, ties averaged (Spearman, 1904). As `DataFrame.corr` of pandas.
 */
export function correlationMatrix(
  columns: readonly DistinctValues[],
  method: 'pearson' | 'spearman',
): (number | null)[][] {
  const p = columns.length;
  const n = columns[0]?.codes.length ?? 0;
  const scores = columns.map(({ values, counts }) => standardized(values, counts, method));
  const isWhole = columns.map(
    ({ missing, values }) => missing === 0 && Number.isFinite(values[0]) && Number.isFinite(values.at(-1)),
  );
  const dots = new Float64Array(p * p);
  const chunks = columns.map(() => new Float64Array(CHUNK));
  for (let start = 0; start < n; start += CHUNK) {
    const size = Math.min(CHUNK, n - start);
    for (let i = 0; i < p; i++) {
      if (!isWhole[i] || !scores[i]) continue;
      gather(scores[i] as Float64Array, columns[i].codes, start, size, chunks[i]);
      for (let j = 0; j < i; j++) {
        if (isWhole[j] && scores[j]) dots[i * p + j] += dot(chunks[i], chunks[j], size);
      }
    }
  }
  const matrix: (number | null)[][] = columns.map(() => new Array(p).fill(null));
  for (let i = 0; i < p; i++) {
    if (scores[i]) matrix[i][i] = 1;
    for (let j = 0; j < i; j++) {
      if (!scores[i] || !scores[j]) continue;
      const r = isWhole[i] && isWhole[j] ? dots[i * p + j] : ofPair(columns[i], columns[j], method);
      matrix[i][j] = matrix[j][i] = r === null ? null : Math.max(-1, Math.min(1, r));
    }
  }
  return matrix;
}

/** Values or ranks of unit length around their mean, an infinite value as `NaN`; nothing where they do not vary. */
function standardized(
  values: Float64Array,
  counts: Int32Array,
  method: 'pearson' | 'spearman',
): Float64Array | undefined {
  const finite = counts.map((count, i) => (Number.isFinite(values[i]) ? count : 0));
  const raw = method === 'pearson' ? values : averageRanks(finite);
  let n = 0;
  let size = 0;
  let distinct = 0;
  for (let i = 0; i < finite.length; i++) {
    if (finite[i] === 0) continue;
    n += finite[i];
    distinct++;
    size = Math.max(size, Math.abs(raw[i]));
  }
  if (distinct < 2) return undefined;
  // A power of two, so that dividing by it rounds nothing.
  size = 2 ** Math.max(-1022, Math.floor(Math.log2(size)));
  // From the first value, as the mean of values such as 1e9 + 1 has no digits left for their deviations.
  const base = raw[finite.findIndex((count) => count > 0)] / size;
  let mean = 0;
  for (let i = 0; i < finite.length; i++) if (finite[i] > 0) mean += (raw[i] / size - base) * (finite[i] / n);
  const scores = new Float64Array(finite.length).fill(NaN);
  let reach = 0;
  for (let i = 0; i < finite.length; i++) {
    if (finite[i] === 0) continue;
    scores[i] = raw[i] / size - base - mean;
    reach = Math.max(reach, Math.abs(scores[i]));
  }
  let squares = 0;
  for (let i = 0; i < finite.length; i++) if (finite[i] > 0) squares += (scores[i] / reach) ** 2 * finite[i];
  const length = Math.sqrt(squares);
  return scores.map((score) => score / reach / length);
}

function gather(scores: Float64Array, codes: Int32Array, start: number, size: number, into: Float64Array) {
  for (let row = 0; row < size; row++) into[row] = scores[codes[start + row]];
}

/** Four sums, so that an addition need not wait for the one before. */
function dot(a: Float64Array, b: Float64Array, size: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < size; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (; i < size; i++) s0 += a[i] * b[i];
  return s0 + s1 + s2 + s3;
}

/** The correlation over the rows that are finite in both. */
function ofPair(a: DistinctValues, b: DistinctValues, method: 'pearson' | 'spearman'): number | null {
  const countsA = new Int32Array(a.values.length);
  const countsB = new Int32Array(b.values.length);
  for (let row = 0; row < a.codes.length; row++) {
    const [codeA, codeB] = [a.codes[row], b.codes[row]];
    if (codeA < 0 || codeB < 0) continue;
    if (!Number.isFinite(a.values[codeA]) || !Number.isFinite(b.values[codeB])) continue;
    countsA[codeA]++;
    countsB[codeB]++;
  }
  const scoresA = standardized(a.values, countsA, method);
  const scoresB = standardized(b.values, countsB, method);
  if (!scoresA || !scoresB) return null;
  let sum = 0;
  for (let row = 0; row < a.codes.length; row++) {
    const [codeA, codeB] = [a.codes[row], b.codes[row]];
    if (codeA < 0 || codeB < 0) continue;
    // NaN where the row is not of this pair.
    const product = scoresA[codeA] * scoresB[codeB];
    if (!Number.isNaN(product)) sum += product;
  }
  return sum;
}
