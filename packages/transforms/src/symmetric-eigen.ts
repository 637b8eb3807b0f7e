import { EVD, Matrix } from 'ml-matrix';

export interface SymmetricEigen {
  /** In descending order. */
  readonly values: number[];
  /** Rows of the matrix whose columns are the eigenvectors, in the order of the values. */
  readonly vectors: number[][];
}

/** The eigenvalues and eigenvectors of a symmetric matrix, given by its upper half. */
export function symmetricEigen(upper: readonly (readonly number[])[]): SymmetricEigen {
  const matrix = new Matrix(upper.map((row, i) => row.map((value, j) => (j < i ? upper[j][i] : value))));
  const { realEigenvalues, eigenvectorMatrix } = new EVD(matrix, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, k) => k).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return {
    values: order.map((k) => realEigenvalues[k]),
    vectors: eigenvectorMatrix.to2DArray().map((row) => order.map((k) => row[k])),
  };
}
