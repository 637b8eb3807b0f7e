import { betaCdf } from './beta-distribution.js';
import type { CustomerEconomics } from './economics.js';
import type { ProfitSums } from './profit-sums.js';

/** One of the thresholds that is the most profitable for some share of acceptance. */
export interface BestChoice {
  /** Which of the sums. */
  readonly index: number;
  /** How probable it is that acceptance makes it the best. */
  readonly probability: number;
  /** The expected profit, counting only where it is the best. */
  readonly profit: number;
}

/**
 * The thresholds that are the most profitable for some share of acceptance, from the lowest share on. Profit is linear in the share, so that
 * these are the upper envelope of one line per threshold, which is the convex hull of the ROC curve where customers are alike.
 */
export function bestChoices(sums: ProfitSums, economics: CustomerEconomics): BestChoice[] {
  const { gains, costs } = sums;
  const { distribution } = economics;
  if (!distribution) {
    let best = 0;
    for (let i = 1; i < gains.length; i++) if (gains[i] - costs[i] > gains[best] - costs[best]) best = i;
    return [{ index: best, probability: 1, profit: gains[best] - costs[best] }];
  }
  const { alpha, beta } = distribution;
  const mean = alpha / (alpha + beta);
  const { lines, from } = upperEnvelope(gains, costs);
  const choices: BestChoice[] = [];
  lines.forEach((index, i) => {
    const [low, high] = [from[i], i + 1 < lines.length ? from[i + 1] : 1];
    const probability = betaCdf(high, alpha, beta) - betaCdf(low, alpha, beta);
    // The density times the share is that of Beta(alpha + 1, beta) times the mean.
    const share = mean * (betaCdf(high, alpha + 1, beta) - betaCdf(low, alpha + 1, beta));
    choices.push({ index, probability, profit: gains[index] * share - costs[index] * probability });
  });
  return choices;
}

/**
 * Which lines `slope * x - intercept` are the highest somewhere from 0 to 1, and from which `x` on; of equal ones the first.
 */
function upperEnvelope(
  slopes: Float64Array,
  intercepts: Float64Array,
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
    if (start >= 1) continue;
    lines.push(line);
    from.push(start);
  }
  return { lines, from };
}
