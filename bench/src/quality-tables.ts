import { Random } from '@churn/core';
import { markdown } from './tables.js';

/** The results of a model on a split: metrics by name, and the processor time of fitting and scoring in seconds. */
export type QualityFigures<Q extends string = string> = Readonly<Record<Q | 'seconds', number>>;

/** The results of models on a data set. */
export interface SetFigures<Q extends string = string> {
  /** A short description of the data set. */
  readonly name: string;
  /** The results of each split, by model. */
  readonly figures: ReadonlyMap<string, readonly QualityFigures<Q>[]>;
}

/** A metric that models are compared by. */
export interface Quality<Q extends string = string> {
  readonly figure: Q;
  readonly title: string;
  readonly greaterIsBetter: boolean;
}

const RESAMPLES = 2000;

/** The mean rank of each model over data sets, with its 95% bootstrap interval over data sets, and its processor time. */
export function ranksTable<Q extends string>(
  qualities: readonly Quality<Q>[],
  models: readonly string[],
  sets: readonly SetFigures<Q>[],
): string {
  const ranks = qualities.map((quality) => meanRanks(quality, models, sets));
  const lines = models.map((model, i) => [
    model,
    ...ranks.map((ofSets) => intervalText(ofSets.map((ofSet) => ofSet[i]))),
    mean(sets.map(({ figures }) => mean(ofModel(figures, model).map(({ seconds }) => seconds)))).toFixed(1),
  ]);
  const head = ['model', ...qualities.map(({ title }) => `mean rank by ${title}`), 'processor seconds, mean'];
  return markdown(head, lines);
}

/** The mean over the splits of each data set. */
export function setsTable<Q extends string>(
  { figure, title, greaterIsBetter }: Quality<Q>,
  models: readonly string[],
  sets: readonly SetFigures<Q>[],
): string {
  const lines = sets.map(({ name, figures }) => {
    const means = models.map((model) => mean(ofModel(figures, model).map((each) => each[figure])));
    const best = greaterIsBetter ? Math.max(...means) : Math.min(...means);
    const cells = means.map((value) => (value === best ? `**${value.toFixed(4)}**` : value.toFixed(4)));
    return [name, ...cells];
  });
  return `### test ${title}\n\n${markdown(['data set', ...models], lines)}`;
}

/** The rank of each model on each data set, 1 being the best, averaged over splits; ties share their mean rank. */
function meanRanks<Q extends string>(
  { figure, greaterIsBetter }: Quality<Q>,
  models: readonly string[],
  sets: readonly SetFigures<Q>[],
): number[][] {
  const sign = greaterIsBetter ? -1 : 1;
  return sets.map(({ figures }) => {
    const bySplit = ofModel(figures, models[0]).map((_, split) => {
      const values = models.map((model) => sign * ofModel(figures, model)[split][figure]);
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

function ofModel<Q extends string>(
  figures: SetFigures<Q>['figures'],
  model: string,
): readonly QualityFigures<Q>[] {
  return figures.get(model) as readonly QualityFigures<Q>[];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
