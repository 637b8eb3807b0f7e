import { DEPENDENT } from './solve.js';

/**
 * Solves equations with the active rows and columns of a symmetric matrix, whose set changes by a few at a time: the Cholesky factor of the
 * last solve is updated, in quadratic instead of cubic time.
 *
 * A column is added by forward substitution and removed by Givens rotations (Golub and Van Loan, "Matrix computations", 4th edition,
 * section 6.5).
 */
export class ActiveCholesky {
  readonly #matrix: Float64Array;
  readonly #size: number;
  /** Scales the diagonal to 1, so that the units of columns do not matter. */
  readonly #unit: Float64Array;
  /** The columns of the factor, in its order. */
  readonly #members: number[] = [];
  /** The rows of the factor, each as long as the matrix. */
  readonly #lower: Float64Array;

  /** @param matrix symmetric and positive semidefinite, in row-major order. */
  constructor(matrix: Float64Array, size: number) {
    this.#matrix = matrix;
    this.#size = size;
    this.#unit = Float64Array.from({ length: size }, (_, j) => 1 / Math.sqrt(matrix[j * size + j]));
    this.#lower = new Float64Array(size * size);
  }

  /**
   * The solution of the equations of the `active` columns, in their order; `undefined` if they are linearly dependent.
   * @param target the right-hand side, one number per active column.
   */
  solve(active: readonly number[], target: Float64Array): Float64Array | undefined {
    const place = new Map(active.map((j, a) => [j, a]));
    for (let k = this.#members.length - 1; k >= 0; k--) if (!place.has(this.#members[k])) this.#remove(k);
    const present = new Set(this.#members);
    for (const j of active) if (!present.has(j) && !this.#append(j)) return undefined;
    const [members, unit] = [this.#members, this.#unit];
    const at = members.map((j) => place.get(j) as number);
    const x = this.#substitute(Float64Array.from(members, (j, k) => target[at[k]] * unit[j]));
    const solution = new Float64Array(active.length);
    members.forEach((j, k) => {
      solution[at[k]] = x[k] * unit[j];
    });
    return solution;
  }

  #append(j: number): boolean {
    const [lower, size, unit, members] = [this.#lower, this.#size, this.#unit, this.#members];
    if (!(this.#matrix[j * size + j] > 0)) return false;
    const m = members.length;
    const row = m * size;
    let pivot = 1;
    for (let k = 0; k < m; k++) {
      const above = k * size;
      let sum = this.#matrix[j * size + members[k]] * (unit[j] * unit[members[k]]);
      for (let i = 0; i < k; i++) sum -= lower[row + i] * lower[above + i];
      lower[row + k] = sum / lower[above + k];
      pivot -= lower[row + k] * lower[row + k];
    }
    if (!(pivot > DEPENDENT)) return false;
    lower[row + m] = Math.sqrt(pivot);
    members.push(j);
    return true;
  }

  #remove(place: number): void {
    const [lower, size, members] = [this.#lower, this.#size, this.#members];
    members.splice(place, 1);
    const m = members.length;
    // Without its row, each row below has one entry beyond the diagonal.
    for (let t = place; t < m; t++) lower.copyWithin(t * size, (t + 1) * size, (t + 1) * size + t + 2);
    for (let i = place; i < m; i++) {
      const [a, b] = [lower[i * size + i], lower[i * size + i + 1]];
      const length = Math.sqrt(a * a + b * b);
      const [cosine, sine] = [a / length, b / length];
      for (let t = i; t < m; t++) {
        const at = t * size + i;
        const [x, y] = [lower[at], lower[at + 1]];
        lower[at] = cosine * x + sine * y;
        lower[at + 1] = cosine * y - sine * x;
      }
    }
  }

  /** Solves `L Lᵀ x = b`, in place. */
  #substitute(b: Float64Array): Float64Array {
    const [lower, size] = [this.#lower, this.#size];
    const m = b.length;
    for (let j = 0; j < m; j++) {
      let sum = b[j];
      for (let k = 0; k < j; k++) sum -= lower[j * size + k] * b[k];
      b[j] = sum / lower[j * size + j];
    }
    for (let j = m - 1; j >= 0; j--) {
      const x = b[j] / lower[j * size + j];
      b[j] = x;
      for (let k = 0; k < j; k++) b[k] -= lower[j * size + k] * x;
    }
    return b;
  }
}
