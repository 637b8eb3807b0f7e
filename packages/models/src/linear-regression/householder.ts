import { addScaled } from '../linear/loss.js';
import { dot } from '../linear/weighted-gram.js';

/** A QR decomposition by reflections `I - 2 u uᵀ`. */
export interface Reflections {
  /** The unit vector u of each, without its leading zeros: that of reflection `j` starts at entry `j`. Empty if there is no reflection. */
  readonly units: readonly Float64Array[];
  /** The reflected columns of the matrix: the upper triangle is R, and the entries below are nearly 0. */
  readonly reflected: readonly Float64Array[];
}

/**
 * Householder's QR decomposition of a matrix with no fewer rows than columns.
 * Golub and Van Loan, "Matrix computations", 4th edition, section 5.2.
 *
 * @param columns they are overwritten.
 */
export function householder(columns: readonly Float64Array[]): Reflections {
  const units: Float64Array[] = [];
  columns.forEach((column, j) => {
    const unit = column.slice(j);
    const length = Math.sqrt(dot(unit, unit));
    unit[0] += unit[0] < 0 ? -length : length;
    const size = Math.sqrt(dot(unit, unit));
    const u = size > 0 ? unit.map((value) => value / size) : unit.subarray(0, 0);
    units.push(u);
    for (let k = j; k < columns.length; k++) reflect(u, columns[k], j);
  });
  return { units, reflected: columns };
}

/** Multiplies a vector by Qᵀ, or by Q, in place. */
export function applyReflections(
  { units }: Reflections,
  vector: Float64Array,
  isTransposed: boolean,
): Float64Array {
  const order = [...units.keys()];
  for (const j of isTransposed ? order : order.reverse()) reflect(units[j], vector, j);
  return vector;
}

/** The columns of R, each as long as there are columns. */
export function upperTriangle({ reflected }: Reflections): Float64Array[] {
  return reflected.map((column, j) => column.slice(0, reflected.length).fill(0, j + 1));
}

function reflect(unit: Float64Array, vector: Float64Array, from: number): void {
  if (unit.length === 0) return;
  const rest = vector.subarray(from);
  addScaled(rest, -2 * dot(unit, rest), unit);
}
