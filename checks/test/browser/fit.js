// What a stranger's project does: it runs in Node, in a page and in a worker, and has to give the same figures.
import { Labels, Pipeline, Table } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
import { compareProfiles, ProfileCounts, referenceProfile } from '@churn/monitor';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PowerTransformer,
  StandardScaler,
} from '@churn/transforms';

export function fit() {
  const rows = Array.from({ length: 300 }, (_, row) => ({
    age: row % 17 === 0 ? null : 20 + ((row * 37) % 50),
    spent: (row * 101) % 997,
    plan: row % 19 === 0 ? null : ['basic', 'plus', 'pro'][row % 3],
  }));
  const labels = Labels.from(rows.map(({ spent, plan }) => spent > 500 && plan !== 'pro'));
  const table = Table.fromRows(rows);
  const models = [
    new LogisticRegression({ C: 0.5 }),
    new RandomForestClassifier({ nEstimators: 10, seed: 7 }),
    new GradientBoostingClassifier({ nEstimators: 10 }),
    new SVC({ probability: true, seed: 7 }),
  ];
  return models.map((model) => {
    const steps = [
      new MeanImputer(),
      new ModeImputer(),
      new CategoryEncoder(),
      new PowerTransformer(),
      new StandardScaler(),
    ];
    const [, leaves] = new Pipeline(steps, model).fit(table, labels).predictProba(table);
    return [...leaves.slice(0, 20)];
  });
}

/** How far the second half of some rows differs from the first: a figure of each column, most important first. */
export function compare() {
  const tableOf = (shift) =>
    Table.fromColumns({
      age: Array.from({ length: 400 }, (_, row) => (row % 17 === 0 ? null : 20 + shift + ((row * 37) % 50))),
      plan: Array.from({ length: 400 }, (_, row) => ['basic', 'plus', 'pro'][(row * row + shift) % 3]),
    });
  const reference = referenceProfile(tableOf(0));
  const counts = new ProfileCounts(reference);
  counts.add(tableOf(20));
  const { columns } = compareProfiles(reference, counts);
  return columns.flatMap(({ psi, jensenShannon, test }) => [psi, jensenShannon, test.statistic]);
}

/** Fits what is large enough for threads: in one, in two that are about to start, and in two. */
export async function fitInThreads() {
  const column = (j) => Float64Array.from({ length: 30_000 }, (_, row) => (row * (2 * j + 101)) % 997);
  const table = Table.fromColumns(Array.from({ length: 10 }, (_, j) => [`x${j}`, column(j)]));
  const labels = Labels.from(Array.from(column(3), (value, row) => value > 400 + ((row * 7) % 200)));
  const scores = [];
  for (const nJobs of [1, 2, 2]) {
    const model = new GradientBoostingClassifier({ nEstimators: 5, nJobs }).fit(table, labels);
    scores.push([...model.predictProba(table)[1].slice(0, 20)]);
    // A page's threads start while its own is idle.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return scores;
}
