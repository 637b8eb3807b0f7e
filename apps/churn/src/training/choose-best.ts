import { chooseByLogLoss, type FoldScores, improvement, type ScorerName, scorers } from '@churn/selection';

/** A model with its cross-validated scores, by scorer. */
interface ScoredModel {
  readonly name: string;
  readonly scores: Readonly<Record<string, FoldScores>>;
}

/** The name of the model with the best mean score; the first in case of ties. */
export function bestByMean(models: readonly ScoredModel[], scoring: ScorerName): string {
  return models.reduce((chosen, each) => {
    const ahead = improvement(scorers[scoring], each.scores[scoring].mean, chosen.scores[scoring].mean);
    return ahead > 0 ? each : chosen;
  }).name;
}

/**
 * The name of the best model: among those whose cross-validated score is within one standard error of the best, the one with the lowest log
 * loss, since models are used for their probabilities.
 *
 * @param scoring the deciding scorer.
 */
export function chooseBest(models: readonly ScoredModel[], scoring: ScorerName): string {
  const scorer = scorers[scoring];
  const meanOf = (model: ScoredModel) => model.scores[scoring].mean;
  const candidates = models.map((model, index) => ({
    index,
    params: model,
    rank: 1 + models.filter((other) => improvement(scorer, meanOf(other), meanOf(model)) > 0).length,
    scores: model.scores,
    fitMs: 0,
    scoreMs: 0,
  }));
  return chooseByLogLoss(candidates, scorer).params.name;
}
