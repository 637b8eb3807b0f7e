import type { CountedValues } from './finite-values.js';
import { quantiles } from './quantiles.js';

/** The quartiles of values, and the ends of the whiskers of their box plot. */
export type BoxFigures = {
  /** The smallest value within 1.5 interquartile ranges below the first quartile. */
  readonly low: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  /** The largest value within 1.5 interquartile ranges above the third quartile. */
  readonly high: number;
};

/** The figures of a box plot (Tukey, "Exploratory data analysis", 1977), as matplotlib draws it. @param counted of one value at least. */
export function boxFigures(counted: CountedValues): BoxFigures {
  const { values } = counted;
  const [q1, median, q3] = quantiles(counted, [0.25, 0.5, 0.75]) as number[];
  const reach = 1.5 * (q3 - q1);
  const low = values.find((value) => value >= q1 - reach) ?? q1;
  const high = values.findLast((value) => value <= q3 + reach) ?? q3;
  return { low: Math.min(low, q1), q1, median, q3, high: Math.max(high, q3) };
}
