import { GramBlocks } from './gram-blocks.js';
import { WIDTH } from './gram-engine.js';

/** The mean of a column, and the spread about it. */
export interface Moments {
  readonly mean: number;
  /** `Σ v_i (x_i - mean)²`; not finite if a value is not, or if its square overflows. */
  readonly squares: number;
}

/** If the first value is so far from the mean that it multiplies the sum of squares by this, digits would be lost. */
const FAR = 100;

/**
 * The weighted mean of each column and its squared deviations, computed in one pass from the differences to its first value (Chan, Golub
 * and LeVeque, "Algorithms for computing the sample variance", 1983). A column whose first value is an outlier needs a second pass.
 *
 * @param columns each as long as `weights`, which is not empty.
 * @param totalWeight the sum of the weights.
 */
export function weightedMoments(
  columns: readonly Float64Array[],
  weights: Float64Array,
  totalWeight: number,
): Moments[] {
  const sums = sumsAbout(
    columns.map(([first]) => first),
    columns,
    weights,
  );
  return columns.map((column, j) => {
    const { mean, squares } = momentsOf(sums[j], totalWeight);
    if (!(sums[j].squares > FAR * squares)) return { mean, squares };
    return momentsOf(sumsAbout([mean], [column], weights)[0], totalWeight);
  });
}

/** Sums over the differences of a column to a constant. */
interface Sums {
  readonly centre: number;
  readonly sum: number;
  readonly squares: number;
}

function momentsOf({ centre, sum, squares }: Sums, totalWeight: number): Moments {
  const difference = sum / totalWeight;
  return { mean: centre + difference, squares: Math.max(squares - difference * sum, 0) };
}

function sumsAbout(
  centres: readonly number[],
  columns: readonly Float64Array[],
  weights: Float64Array,
): Sums[] {
  const blocks = new GramBlocks(0, 0, weights);
  const { moments } = blocks.engine;
  const sums: Sums[] = [];
  for (let j = 0; j < columns.length; j += WIDTH) {
    moments.fill(0);
    blocks.forEach((from) => {
      blocks.load(columns, j, from, centres);
      blocks.engine.addMoments();
    });
    for (let k = 0; k < WIDTH && j + k < columns.length; k++) {
      sums.push({ centre: centres[j + k], sum: moments[2 * k], squares: moments[2 * k + 1] });
    }
  }
  return sums;
}
