import type { FittedLogisticRegression } from '@churn/models';
import type { ClassifierLowering, Score } from '../classifier-lowering.js';
import { column, linear } from '../expressions.js';
import { named, ofScores, refuseFeatures } from './probabilities.js';

export const logisticRegression: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, features, terms } = fitted as FittedLogisticRegression;
  const of = refuseFeatures(frame, features, builder, { takesMissing: false }).map(column);
  const possible = terms.flatMap(({ intercept }, k) => (intercept > -Infinity ? [k] : []));
  const ids = builder.compute(
    type,
    possible.map((k) => ({
      name: named('score', k),
      value: linear(terms[k].intercept, terms[k].coefficients, of),
    })),
  );
  const scores = terms.map((_, k): Score => (possible.includes(k) ? ids[possible.indexOf(k)] : undefined));
  return { probabilities: () => ofScores(type, scores, builder), scores: () => scores };
};
