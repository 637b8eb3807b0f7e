import type { FittedDummyClassifier } from '@churn/models';
import type { ClassifierLowering } from '../classifier-lowering.js';
import { number } from '../expressions.js';
import { throwUnsupported } from '../unsupported.js';
import { named } from './probabilities.js';

export const dummyClassifier: ClassifierLowering = ({ fitted, builder }) => {
  const { type, state } = fitted as FittedDummyClassifier;
  const { strategy, shares, chosen } = state;
  if (strategy === 'stratified' || strategy === 'uniform') {
    throwUnsupported(`${type} of strategy ${strategy}`, 'it draws at random');
  }
  return {
    probabilities: () =>
      builder.compute(
        type,
        shares.map((share, k) => ({
          name: named('probability', k),
          value: number(strategy === 'prior' ? share : Number(k === chosen)),
        })),
      ),
  };
};
