import type { FittedPart, FittedPipeline, FittedRegressor } from '@churn/core';
import type { FittedDummyRegressor } from '@churn/models';
import type { FittedConformalRegressor } from '@churn/selection';
import type { ColumnId } from '../program.js';
import { number } from './expressions.js';
import type { Frame } from './frame.js';
import { lowerTransformer } from './lower-transformer.js';
import { linearRegressor } from './models/linear-regressor.js';
import {
  stackingRegressor,
  transformedTargetRegressor,
  votingRegressor,
} from './models/regressor-wrappers.js';
import { svr } from './models/svc.js';
import { treeEnsembleRegressor } from './models/tree-ensemble.js';
import { forestRegressor, gradientBoostingRegressor } from './models/trees.js';
import type { ProgramBuilder } from './program-builder.js';
import { unsupportedClass } from './unsupported.js';

/** Translates a fitted regressor; returns the column of the prediction. */
export type RegressorLowering = (
  fitted: FittedRegressor,
  frame: Frame,
  builder: ProgramBuilder,
  /** Lowers a nested regressor. */
  lower: (inside: FittedRegressor, frame: Frame) => ColumnId,
) => ColumnId;

/** The lowerings of fitted regressors, by class name in model files. */
export const regressorLowerings: Readonly<Record<string, RegressorLowering>> = {
  ConformalRegressor: (fitted, frame, _, lower) =>
    lower((fitted as FittedConformalRegressor).regressor, frame),
  DecisionTreeRegressor: forestRegressor,
  DummyRegressor(fitted, _, builder) {
    const { type, state } = fitted as FittedDummyRegressor;
    return builder.compute(type, [{ name: 'amount', value: number(state.amount) }])[0];
  },
  ElasticNet: linearRegressor,
  ExtraTreesRegressor: forestRegressor,
  GammaRegressor: linearRegressor,
  GradientBoostingRegressor: gradientBoostingRegressor,
  Lasso: linearRegressor,
  LinearRegression: linearRegressor,
  Pipeline(fitted, frame, builder, lower) {
    const { schema, steps, model } = fitted as FittedPart as FittedPipeline<FittedRegressor>;
    const inner = frame.select(schema.map(({ name }) => name));
    const processed = steps.reduce((table, step) => lowerTransformer(step, table, builder), inner);
    return lower(model, processed);
  },
  RandomForestRegressor: forestRegressor,
  SVR: svr,
  PoissonRegressor: linearRegressor,
  Ridge: linearRegressor,
  StackingRegressor: stackingRegressor,
  TransformedTargetRegressor: transformedTargetRegressor,
  TreeEnsembleRegressor: treeEnsembleRegressor,
  TweedieRegressor: linearRegressor,
  VotingRegressor: votingRegressor,
};

/** @throws `unsupported` if its class has no lowering. */
export function lowerRegressor(fitted: FittedRegressor, frame: Frame, builder: ProgramBuilder): ColumnId {
  const lowering = Object.hasOwn(regressorLowerings, fitted.type)
    ? regressorLowerings[fitted.type]
    : unsupportedClass(fitted.type);
  return lowering(fitted, frame, builder, (inside, own) => lowerRegressor(inside, own, builder));
}
