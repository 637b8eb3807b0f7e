import type { ProfitSums } from './profit-sums.js';
import type { RandomFactor } from './random-factor.js';

/** One of the thresholds that is the most profitable for some value of the random factor. */
export interface BestChoice {
  /** Which of the sums. */
  readonly index: number;
  /** How probable it is that the factor makes it the best. */
  readonly probability: number;
  /** The expected profit, counting only if it is the best. */
  readonly profit: number;
}

/**
 * The thresholds that are the most profitable for some value of the random factor, from the lowest value on. Profit is linear in the factor, so that
 * these are the upper envelope of one line per threshold, which is the convex hull of the ROC curve where customers are alike. Without a factor
 * there is one.
 */
export function bestChoices({ gains, costs }: ProfitSums, factor: RandomFactor | undefined): BestChoice[] {
  if (!factor) {
    let best = 0;
    for (let i = 1; i < gains.length; i++) if (gains[i] - costs[i] > gains[best] - costs[best]) best = i;
    return [{ index: best, probability: 1, profit: gains[best] - costs[best] }];
  }
  const { lines, from } = upperEnvelope(gains, costs, factor.most);
  return lines.map((index, i) => {
    const [low, high] = [from[i], i + 1 < lines.length ? from[i + 1] : factor.most];
    const probability = factor.below(high) - factor.below(low);
    const mean = factor.meanBelow(high) - factor.meanBelow(low);
    return { index, probability, profit: gains[index] * mean - costs[index] * probability };
  });
}

/**
 * Which lines `slope * x - intercept` are the highest somewhere from 0 to the most, and from which `x` on; of equal ones the first.
 */
function upperEnvelope(
  slopes: Float64Array,
  intercepts: Float64Array,
  most: number,
): { readonly lines: readonly number[]; readonly from: readonly number[] } {
  const order = Array.from(slopes.keys()).sort(
    (a, b) => slopes[a] - slopes[b] || intercepts[a] - intercepts[b] || a - b,
  );
  const lines: number[] = [];
  const from: number[] = [];
  for (const line of order) {
    let start = 0;
    while (lines.length > 0) {
      const last = lines[lines.length - 1];
      const isParallel = slopes[line] === slopes[last];
      if (isParallel) start = Infinity;
      else start = Math.max(0, (intercepts[line] - intercepts[last]) / (slopes[line] - slopes[last]));
      if (isParallel || start > from[from.length - 1]) break;
      lines.pop();
      from.pop();
      start = 0;
    }
    if (start >= most) continue;
    lines.push(line);
    from.push(start);
  }
  return { lines, from };
}
