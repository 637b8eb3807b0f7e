import { log } from '@churn/core';
import type { FittedGaussianNB } from '@churn/models';
import type { Expression } from '../../expression.js';
import type { ClassifierLowering, Score } from '../classifier-lowering.js';
import { add, column, divide, multiply, negate, number, subtract } from '../expressions.js';
import { named, ofScores, refuseFeatures, refuseMissing } from './probabilities.js';

export const gaussianNB: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, features, state } = fitted as FittedGaussianNB;
  const { shares, priors, distributions, epsilon, classes } = state;
  const of = refuseFeatures(frame, features, builder, { takesMissing: false }).map(column);
  const possible = classes.flatMap((_, k) => (shares[k] > 0 && priors[k] > 0 ? [k] : []));
  // The deviations from the mean of each class, which are squared.
  const ways = builder.compute(
    type,
    possible.flatMap((k) =>
      features.map((name, j) => ({
        name: `${name} from ${k}`,
        value: subtract(of[j], number(distributions[k].means[j])),
      })),
    ),
  );
  const ids = builder.compute(
    type,
    possible.map((k, place) => {
      const densities = features.map((_, j): Expression => {
        const way = column(ways[place * features.length + j]);
        const variance = distributions[k].variances[j] + epsilon;
        const square = divide(multiply(way, way), number(variance));
        return negate(divide(add(square, number(log(variance))), number(2)));
      });
      return { name: named('score', k), value: add(number(log(priors[k])), ...densities) };
    }),
  );
  const scores = classes.map((_, k): Score => (possible.includes(k) ? ids[possible.indexOf(k)] : undefined));
  if (classes.length > 2) return { probabilities: () => ofScores(type, scores, builder) };
  if (ids.length === 2) {
    const [difference] = builder.compute(type, [
      { name: 'difference', value: subtract(column(ids[1]), column(ids[0])) },
    ]);
    return { probabilities: () => ofScores(type, [difference], builder) };
  }
  // Only one of two classes is possible. A row whose density underflows has no probability.
  const [none] = builder.compute(type, [
    { name: 'score less itself', value: subtract(column(ids[0]), column(ids[0])) },
  ]);
  refuseMissing([none], builder);
  return {
    probabilities: () =>
      builder.compute(
        type,
        classes.map((_, k) => ({
          name: named('probability', k),
          value: number(possible.includes(k) ? 1 : 0),
        })),
      ),
  };
};
