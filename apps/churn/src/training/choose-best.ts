import { chooseByLogLoss, type FoldScores, improvement, type ScorerName, scorers } from '@churn/selection';

/** A model, and its cross-validated scores by the names of the scorers. */
interface ScoredModel {
  readonly name: string;
  readonly scores: Readonly<Record<string, FoldScores>>;
}

/** The name of the model with the best mean of the scorer, of equals the first. */
export function bestByMean(models: readonly ScoredModel[], scoring: ScorerName): string {
  return models.reduce((chosen, each) => {
    const ahead = improvement(scorers[scoring], each.scores[scoring].mean, chosen.scores[scoring].mean);
    return ahead > 0 ? each : chosen;
  }).name;
}

/**
 * The name of the best model: of those whose cross-validated score is within one standard error of the best one's, the one of the least log
 * loss, since probabilities are what models are used for.
 *
 * @param scoring what decides.
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
