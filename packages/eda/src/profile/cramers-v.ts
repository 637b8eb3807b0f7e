import { square } from '@churn/core';

/**
 * Cramér's V of two category columns, corrected for bias, from 0 to 1, over the rows that have both values; `null` where either column
 * has fewer than two levels there.
 *
 * With `phi² = chi² / n` of an r by k table: `phi²c = max(0, phi² - (r - 1)(k - 1) / (n - 1))`, `rc = r - (r - 1)² / (n - 1)`,
 * `kc = k - (k - 1)² / (n - 1)` and `V = sqrt(phi²c / min(rc - 1, kc - 1))` (Bergsma, "A bias-correction for Cramér's V and Tschuprow's
 * T", 2013).
 *
 * @param a the level of each row, -1 if it is missing.
 * @param nA how many levels `a` may have.
 */
export function cramersV(a: Int32Array, nA: number, b: Int32Array, nB: number): number | null {
  const cells = new Int32Array(nA * nB);
  for (let row = 0; row < a.length; row++) {
    if (a[row] >= 0 && b[row] >= 0) cells[a[row] * nB + b[row]]++;
  }
  const rowSums = new Float64Array(nA);
  const columnSums = new Float64Array(nB);
  let n = 0;
  for (let i = 0; i < nA; i++) {
    for (let j = 0; j < nB; j++) {
      rowSums[i] += cells[i * nB + j];
      columnSums[j] += cells[i * nB + j];
    }
    n += rowSums[i];
  }
  let perExpected = 0;
  for (let i = 0; i < nA; i++) {
    if (rowSums[i] === 0) continue;
    for (let j = 0; j < nB; j++) {
      const cell = cells[i * nB + j];
      if (cell > 0) perExpected += (cell / rowSums[i]) * (cell / columnSums[j]);
    }
  }
  const r = rowSums.filter((sum) => sum > 0).length;
  const k = columnSums.filter((sum) => sum > 0).length;
  if (r < 2 || k < 2) return null;
  const corrected = Math.max(0, perExpected - 1 - ((r - 1) * (k - 1)) / (n - 1));
  const smaller = Math.min(r - square(r - 1) / (n - 1), k - square(k - 1) / (n - 1)) - 1;
  // Where each row has a level of its own, nothing is left after the correction.
  return smaller <= 0 ? null : Math.min(1, Math.sqrt(corrected / smaller));
}
