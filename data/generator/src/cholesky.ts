/**
 * The lower triangular L with L Lᵀ = R, row by row without the zeros, for a correlation matrix R given by
 * its elements below the diagonal (Golub and Van Loan, "Matrix Computations", 4.2).
 *
 * @throws {RangeError} if R is not positive definite.
 */
export function choleskyOfCorrelation(size: number, belowDiagonal: readonly number[]): Float64Array {
  const l = new Float64Array((size * (size + 1)) / 2);
  for (let i = 0, given = 0; i < size; i++) {
    const row = (i * (i + 1)) / 2;
    for (let j = 0; j <= i; j++) {
      const other = (j * (j + 1)) / 2;
      let rest = i === j ? 1 : belowDiagonal[given++];
      for (let k = 0; k < j; k++) rest -= l[row + k] * l[other + k];
      if (i !== j) l[row + j] = rest / l[other + j];
      else if (rest > 0) l[row + i] = Math.sqrt(rest);
      else throw new RangeError(`The correlation matrix is not positive definite: see its row ${i}.`);
    }
  }
  return l;
}
