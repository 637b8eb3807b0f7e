import type {
  FittedStackingRegressor,
  FittedTransformedTargetRegressor,
  FittedVotingRegressor,
  TargetFunctionName,
} from '@churn/models';
import type { Expression } from '../../expression.js';
import { atLeast, column, linear, multiply } from '../expressions.js';
import { Frame } from '../frame.js';
import type { RegressorLowering } from '../regressors.js';
import { refuseOverflow } from './amounts.js';

export const votingRegressor: RegressorLowering = (fitted, frame, builder, lower) => {
  const { type, members, weights } = fitted as FittedVotingRegressor;
  const value = linear(
    0,
    weights,
    members.map((member) => column(lower(member, frame))),
  );
  const [amount] = builder.compute(type, [{ name: 'amount', value }]);
  refuseOverflow(amount, builder);
  return amount;
};

export const stackingRegressor: RegressorLowering = (fitted, frame, _, lower) => {
  const { members, final } = fitted as FittedStackingRegressor;
  const columns = members.map((member, i) => ({
    name: final.features[i],
    kind: 'numeric' as const,
    id: lower(member, frame),
  }));
  return lower(final, new Frame(columns));
};

const INVERSES: Readonly<Record<TargetFunctionName, (of: Expression) => Expression>> = {
  log: (of) => ({ op: 'exp', of }),
  log1p: (of) => ({ op: 'expm1', of }),
  sqrt: (of) => multiply(atLeast(of, 0), atLeast(of, 0)),
};

export const transformedTargetRegressor: RegressorLowering = (fitted, frame, builder, lower) => {
  const { type, regressor, func } = fitted as FittedTransformedTargetRegressor;
  const value = INVERSES[func](column(lower(regressor, frame)));
  const [amount] = builder.compute(type, [{ name: 'amount', value }]);
  refuseOverflow(amount, builder);
  return amount;
};
