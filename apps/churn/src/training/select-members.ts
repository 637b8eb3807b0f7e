import type { Target } from '@churn/core';
import { selectEnsemble } from '@churn/selection';
import { type FitTimeConfig, fitTime } from './fit-time.js';
import type { FoundModel } from './found.js';

/** A model in a blend. */
interface Weighed {
  readonly model: FoundModel;
  readonly name: string;
  readonly weight: number;
}

/**
 * Selects the members of a blend by their out-of-fold predictions, largest weight first. If fitting them would take too long, those with
 * the smallest weights are left out and the others are selected again. The single model with the lowest loss is always allowed, with others
 * that fit into the same time in parallel.
 *
 * @param fitMs the time limit for their fits, in milliseconds.
 */
export function selectMembers(
  models: readonly FoundModel[],
  y: Target,
  config: FitTimeConfig,
  fitMs: number,
): { readonly weighed: readonly Weighed[]; readonly leftOut: readonly string[] } {
  const loss = y.kind === 'classes' ? 'logLoss' : 'meanSquaredError';
  const lossOf = (model: FoundModel) => model.scores[loss].mean;
  const best = models.reduce((least, each) => (lossOf(each) < lossOf(least) ? each : least));
  const limit = Math.max(fitMs, fitTime([best.best.fitMs], config));
  const leftOut: string[] = [];
  for (;;) {
    const weighed = weigh(
      models.filter(({ name }) => !leftOut.includes(name)),
      y,
    );
    const times = weighed.map(({ model }) => model.best.fitMs);
    const others = weighed.filter(({ model }) => model !== best);
    if (fitTime(times, config) <= limit || others.length === 0) return { weighed, leftOut };
    leftOut.push(others[others.length - 1].name);
  }
}

function weigh(models: readonly FoundModel[], y: Target): Weighed[] {
  const weights = selectEnsemble(
    y,
    models.map(({ predictions }) => predictions),
  );
  return models
    .map((model, i) => ({ model, name: model.name, weight: weights[i] }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
}
