import {
  type FittedClassifier,
  type FittedModel,
  type FittedPart,
  FittedPipeline,
  type FittedRegressor,
} from '@churn/core';
import {
  type Calibration,
  FittedCalibratedClassifier,
  FittedVotingClassifier,
  FittedVotingRegressor,
} from '@churn/models';

/** The name of a blended model. */
export const ENSEMBLE = 'ensemble';

/** A model in a blend, and its weight. */
interface BlendMember {
  readonly name: string;
  readonly weight: number;
}

/** A weighted mean of models. */
export interface Blend {
  /** By decreasing weight; weights add up to 1. */
  readonly members: readonly BlendMember[];
  /** The calibration of the mean probabilities, if it improves them. */
  readonly calibration?: Calibration | undefined;
}

/** The calibrated weighted mean of fitted pipelines, each with its own processing, as a pipeline of raw columns. */
export function blendPipelines(
  blend: Blend,
  pipelineOf: (name: string) => FittedPipeline<FittedModel>,
): FittedPipeline<FittedModel> {
  const pipelines = blend.members.map(({ name }) => pipelineOf(name));
  const [{ schema, summary, role }] = pipelines;
  const weights = blend.members.map(({ weight }) => weight);
  const model =
    role === 'regressor'
      ? new FittedVotingRegressor(pipelines as FittedPart[] as FittedRegressor[], weights)
      : calibrated(
          new FittedVotingClassifier(pipelines as FittedPart[] as FittedClassifier[], weights),
          blend,
        );
  return new FittedPipeline<FittedModel>(schema, [], model, summary);
}

function calibrated(mean: FittedVotingClassifier, { calibration }: Blend): FittedClassifier {
  return calibration
    ? new FittedCalibratedClassifier(mean, calibration.calibrators, calibration.scale)
    : mean;
}

/** The weighted mean of predictions: of an array of probabilities per class, or of an array of values. */
export function blendPredictions(
  members: Blend['members'],
  predictionsOf: (name: string) => readonly Float64Array[],
): Float64Array[] {
  const all = members.map(({ name }) => predictionsOf(name));
  return all[0].map((column, k) =>
    column.map((_, row) => members.reduce((sum, { weight }, i) => sum + weight * all[i][k][row], 0)),
  );
}
