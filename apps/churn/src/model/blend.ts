import { type FittedClassifier, FittedPipeline } from '@churn/core';
import { type Calibration, FittedCalibratedClassifier, FittedVotingClassifier } from '@churn/models';

/** What a model is called that is a blend of others. */
export const ENSEMBLE = 'ensemble';

/** A model in a blend, and how much its probabilities count. */
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
  { members, calibration }: Blend,
  pipelineOf: (name: string) => FittedPipeline<FittedClassifier>,
): FittedPipeline<FittedClassifier> {
  const pipelines = members.map(({ name }) => pipelineOf(name));
  const [{ schema, summary }] = pipelines;
  const weights = members.map(({ weight }) => weight);
  const mean = new FittedVotingClassifier(pipelines, weights);
  const model = calibration
    ? new FittedCalibratedClassifier(mean, calibration.calibrators, calibration.scale)
    : mean;
  return new FittedPipeline<FittedClassifier>(schema, [], model, summary);
}

/** The weighted mean of probabilities, an array a class each; of weights that add up to 1, but for their last digit. */
export function blendProbabilities(
  members: Blend['members'],
  probabilitiesOf: (name: string) => readonly Float64Array[],
): Float64Array[] {
  const all = members.map(({ name }) => probabilitiesOf(name));
  return all[0].map((column, k) =>
    column.map((_, row) =>
      Math.min(
        1,
        members.reduce((sum, { weight }, i) => sum + weight * all[i][k][row], 0),
      ),
    ),
  );
}
