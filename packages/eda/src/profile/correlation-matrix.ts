import { averageRanks } from './average-ranks.js';
import { type DistinctValues, finiteCounts, isComplete } from './distinct-values.js';
import { standardScores } from './standard-scores.js';

/** The scores of this many rows of all columns stay in the processor's cache while pairs are summed. */
const CHUNK = 256;

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
  const scores = columns.map((column) => scoresOf(column.values, finiteCounts(column), method));
  const complete: number[] = [];
  columns.forEach((column, i) => {
    if (scores[i] && isComplete(column)) complete.push(i);
  });
  const place = new Map(complete.map((i, at) => [i, at]));
  const products = productSums(
    complete.map((i) => columns[i].codes),
    complete.map((i) => scores[i] as Float64Array),
  );
  const matrix: (number | null)[][] = columns.map(() => new Array(columns.length).fill(null));
  for (let i = 0; i < columns.length; i++) {
    if (!scores[i]) continue;
    matrix[i][i] = 1;
    for (let j = 0; j < i; j++) {
      if (!scores[j]) continue;
      const [a, b] = [place.get(i), place.get(j)];
      const r = a !== undefined && b !== undefined ? products[a][b] : ofPair(columns[i], columns[j], method);
      matrix[i][j] = matrix[j][i] = r === null ? null : Math.max(-1, Math.min(1, r));
    }
  }
  return matrix;
}

function scoresOf(values: Float64Array, counts: Int32Array, method: 'pearson' | 'spearman') {
  return standardScores(method === 'pearson' ? values : averageRanks(counts), counts);
}

/** The sums over rows of the products of each two columns' scores, in the lower triangle. */
function productSums(codes: readonly Int32Array[], scores: readonly Float64Array[]): Float64Array[] {
  const n = codes[0]?.length ?? 0;
  // Pairs are summed two by two; a column of zeros makes an odd number of columns even.
  const even = codes.length + (codes.length % 2);
  const sums = Array.from({ length: even }, () => new Float64Array(even));
  const chunks = Array.from({ length: even }, () => new Float64Array(CHUNK));
  for (let start = 0; start < n; start += CHUNK) {
    const size = Math.min(CHUNK, n - start);
    for (let i = 0; i < codes.length; i++) gather(scores[i], codes[i], start, size, chunks[i]);
    for (let i = 0; i < even; i += 2) {
      for (let j = 0; j <= i; j += 2) {
        addProducts(chunks[i], chunks[i + 1], chunks[j], chunks[j + 1], size, sums[i], sums[i + 1], j);
      }
    }
  }
  return sums;
}

function gather(scores: Float64Array, codes: Int32Array, start: number, size: number, into: Float64Array) {
  for (let row = 0; row < size; row++) into[row] = scores[codes[start + row]];
}

/** Four pairs at once: each value read serves two of them, and no addition waits for the one before. */
function addProducts(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
  size: number,
  sumsA: Float64Array,
  sumsB: Float64Array,
  j: number,
): void {
  let ac = 0;
  let ad = 0;
  let bc = 0;
  let bd = 0;
  for (let row = 0; row < size; row++) {
    const va = a[row];
    const vb = b[row];
    const vc = c[row];
    const vd = d[row];
    ac += va * vc;
    ad += va * vd;
    bc += vb * vc;
    bd += vb * vd;
  }
  sumsA[j] += ac;
  sumsA[j + 1] += ad;
  sumsB[j] += bc;
  sumsB[j + 1] += bd;
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
  const scoresA = scoresOf(a.values, countsA, method);
  const scoresB = scoresOf(b.values, countsB, method);
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
