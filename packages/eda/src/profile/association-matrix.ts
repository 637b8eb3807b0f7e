import type { CountedLevels } from './correlation-ratio.js';
import { cramersV } from './cramers-v.js';

/** `cramersV` of all pairs of category columns; on the diagonal 1, or `null` if fewer than two levels have rows. */
export function associationMatrix(columns: readonly CountedLevels[]): (number | null)[][] {
  const matrix: (number | null)[][] = columns.map(() => new Array(columns.length).fill(null));
  columns.forEach((a, i) => {
    if (a.counts.filter((count) => count > 0).length > 1) matrix[i][i] = 1;
    for (let j = 0; j < i; j++) {
      const b = columns[j];
      matrix[i][j] = matrix[j][i] = cramersV(a.codes, a.counts.length, b.codes, b.counts.length);
    }
  });
  return matrix;
}
