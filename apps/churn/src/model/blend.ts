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

/** What a model is called that is a blend of others. */
export const ENSEMBLE = 'ensemble';

/** A model in a blend, and how much its predictions count. */
interface BlendMember {
  readonly name: string;
  readonly weight: number;
}

/** What a model is made of that is a weighted mean of others. */
export interface Blend {
  /** The weightiest first; their weights add up to 1. */
  readonly members: readonly BlendMember[];
  /** What makes the mean of their probabilities truer, where something does. */
  readonly calibration?: Calibration | undefined;
}

/** The weighted mean of fitted pipelines, each with its own processing, calibrated, as a pipeline of raw columns. */
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

/** The weighted mean of what models predict: of arrays of probabilities, one per class, or of one array of values each. */
export function blendPredictions(
  members: Blend['members'],
  predictionsOf: (name: string) => readonly Float64Array[],
): Float64Array[] {
  const all = members.map(({ name }) => predictionsOf(name));
  return all[0].map((column, k) =>
    column.map((_, row) => members.reduce((sum, { weight }, i) => sum + weight * all[i][k][row], 0)),
  );
}
