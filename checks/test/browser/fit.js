// What a stranger's project does: it runs in Node, in a page and in a worker, and has to give the same figures.
import { Labels, Pipeline, Table } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
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
