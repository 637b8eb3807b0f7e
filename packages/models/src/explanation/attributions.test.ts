import { Table } from '@churn/core';
import {
  CalibratedClassifier,
  FittedLogisticRegression,
  LogisticRegression,
  RandomForestClassifier,
  SVC,
} from '../index.js';

const row = Array.from({ length: 80 }, (_, i) => i);
const x = Table.fromColumns({
  a: row.map((i) => Math.sin(i * 7) * 3),
  b: row.map((i) => Math.cos(i * 3)),
  c: row.map((i) => (i * 11) % 5),
});
const y = row.map((i) => (Math.sin(i * 7) + Math.cos(i * 3) + Math.sin(i) > 0 ? 'yes' : 'no'));
const three = row.map((i) => 'pqr'[(i * 7 + Math.round(Math.sin(i * 7))) % 3]);

describe('attributions', () => {
  it('of a logistic regression are relative to the weighted mean of the training rows', () => {
    const table = Table.fromColumns({ a: [1, 2, 3, 6] });
    const labels = [0, 1, 0, 1];
    const twice = new LogisticRegression().fit(table.take([0, 1, 1, 2, 3]), [0, 1, 1, 0, 1]);
    const weighted = new LogisticRegression().fit(table, labels, { sampleWeight: [1, 2, 1, 1] });
    expect(weighted.state.means).toEqual([14 / 5]);
    expect(weighted.state.means).toEqual(twice.state.means);
  });

  it('are absent if a model file predates the means, or if no sum explains the probability', () => {
    const { means, ...state } = new LogisticRegression().fit(x, y).state;
    expect(new FittedLogisticRegression(state).attributions).toBeUndefined();
    const ofSVC = new CalibratedClassifier({ classifier: new SVC({ probability: false }) }).fit(x, y);
    const several = new CalibratedClassifier({ classifier: new LogisticRegression() }).fit(x, three);
    for (const fitted of [ofSVC, several]) expect(fitted.attributions).toBeUndefined();
  });

  it('include importances if the inner classifier has them', () => {
    const inside = new RandomForestClassifier({ nEstimators: 3 });
    const calibrated = new CalibratedClassifier({ classifier: inside }).fit(x, y);
    expect(calibrated.importances?.()).toEqual(inside.fit(x, y).importances());
    expect(
      new CalibratedClassifier({ classifier: new LogisticRegression() }).fit(x, y).importances,
    ).toBeUndefined();
  });
});
