import { nextAbove, nextBelow } from '@churn/core';
import { normalQuantile } from '@churn/transforms';
import type { Expression } from '../../expression.js';
import { caseOf, clamp, less, lessOrEqual, negate, number, subtract } from '../expressions.js';
import { mappingNumbers, type TransformerLowering } from '../transformer-lowering.js';

/** `QuantileTransformer` rounds probabilities to 0 or 1 if they are closer than this. */
const EDGE = 1e-7;
const LOWEST = normalQuantile(EDGE - Number.EPSILON);
const HIGHEST = normalQuantile(1 - (EDGE - Number.EPSILON));

export const quantileTransformer: TransformerLowering = (context) => {
  const { quantiles, outputDistribution } = context.state as {
    readonly quantiles: Readonly<Record<string, readonly number[] | null>>;
    readonly outputDistribution: 'uniform' | 'normal';
  };
  return mappingNumbers(context, quantiles, ({ x }, learned) => {
    const isNormal = outputDistribution === 'normal';
    const last = learned[learned.length - 1];
    const share = shareOf(x, learned);
    const beyond = isNormal
      ? [
          less(subtract(x, number(EDGE)), number(learned[0])),
          less(subtract(negate(x), number(EDGE)), number(-last)),
        ]
      : [lessOrEqual(x, number(learned[0])), lessOrEqual(number(last), x)];
    return {
      op: 'choose',
      cases: [
        caseOf(beyond[0], number(isNormal ? LOWEST : 0)),
        caseOf(beyond[1], number(isNormal ? HIGHEST : 1)),
      ],
      otherwise: isNormal ? clamp({ op: 'normalQuantile', of: share }, LOWEST, HIGHEST) : share,
    };
  });
};

/** The fraction of the learned quantiles below a value, or for a repeated value, the middle of its range of fractions. */
function shareOf(of: Expression, learned: readonly number[]): Expression {
  const steps = Math.max(learned.length - 1, 1);
  const points: (readonly [x: number, y: number])[] = [];
  for (let first = 0; first < learned.length; ) {
    const x = learned[first];
    let last = first;
    while (learned[last + 1] === x) last++;
    // Just below a repeated value, the fraction is that of its first position, and just above it, that of its last.
    if (last > first) points.push([nextBelow(x), first / steps]);
    points.push([x, (first + last) / 2 / steps]);
    if (last > first) points.push([nextAbove(x), last / steps]);
    first = last + 1;
  }
  const rising = points.filter(([x], i) => i === 0 || x > points[i - 1][0]);
  return { op: 'interpolate', of, x: rising.map(([x]) => x), y: rising.map(([, y]) => y) };
}
