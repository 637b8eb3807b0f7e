import { Random } from '@churn/core';
import type { QualityFigures } from './quality.js';
import { markdown } from './tables.js';

/** What models came to on a data set. */
export interface SetFigures {
  readonly name: string;
  readonly rows: number;
  readonly classes: number;
  /** By the name of the model, a figure a split. */
  readonly figures: ReadonlyMap<string, readonly QualityFigures[]>;
}

type Quality = 'auc' | 'logLoss';

const TITLES: Readonly<Record<Quality, string>> = { auc: 'test AUC', logLoss: 'test log loss' };
const RESAMPLES = 2000;

/** The mean rank of each model over data sets, with the interval that 95 of 100 resamples of the sets give, and its seconds. */
export function ranksTable(models: readonly string[], sets: readonly SetFigures[]): string {
  const ranks = { auc: meanRanks('auc', models, sets), logLoss: meanRanks('logLoss', models, sets) };
  const lines = models.map((model, i) => [
    model,
    intervalText(ranks.auc.map((ofSet) => ofSet[i])),
    intervalText(ranks.logLoss.map((ofSet) => ofSet[i])),
    mean(sets.map(({ figures }) => mean(ofModel(figures, model).map(({ seconds }) => seconds)))).toFixed(1),
  ]);
  const head = ['model', 'mean rank by AUC', 'mean rank by log loss', 'processor seconds, mean'];
  return markdown(head, lines);
}

/** The mean over the splits of each data set. */
export function setsTable(quality: Quality, models: readonly string[], sets: readonly SetFigures[]): string {
  const lines = sets.map(({ name, rows, classes, figures }) => {
    const means = models.map((model) => mean(ofModel(figures, model).map((each) => each[quality])));
    const best = quality === 'auc' ? Math.max(...means) : Math.min(...means);
    const cells = means.map((value) => (value === best ? `**${value.toFixed(4)}**` : value.toFixed(4)));
    return [`${name} (${rows.toLocaleString('en')} rows, ${classes} classes)`, ...cells];
  });
  return `### ${TITLES[quality]}\n\n${markdown(['data set', ...models], lines)}`;
}

/** For each data set the rank of each model, 1 the best, as the mean over the splits; equals share the mean of their ranks. */
function meanRanks(quality: Quality, models: readonly string[], sets: readonly SetFigures[]): number[][] {
  const sign = quality === 'auc' ? -1 : 1;
  return sets.map(({ figures }) => {
    const bySplit = ofModel(figures, models[0]).map((_, split) => {
      const values = models.map((model) => sign * ofModel(figures, model)[split][quality]);
      return values.map(
        (value) =>
          1 +
          values.filter((other) => other < value).length +
          (values.filter((other) => other === value).length - 1) / 2,
      );
    });
    return models.map((_, i) => mean(bySplit.map((ranks) => ranks[i])));
  });
}

function intervalText(ranks: readonly number[]): string {
  const random = new Random('ranks');
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(ranks.map(() => ranks[random.int(ranks.length)])),
  ).sort((a, b) => a - b);
  const [low, high] = [0.025, 0.975].map((share) => means[Math.floor(share * RESAMPLES)].toFixed(1));
  return `${mean(ranks).toFixed(2)} (${low} to ${high})`;
}

function ofModel(figures: SetFigures['figures'], model: string): readonly QualityFigures[] {
  return figures.get(model) as readonly QualityFigures[];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
