import { Pipeline, Table } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { changesOfRows } from './changes-of-rows';

const train = Table.fromColumns({ usage: Array.from({ length: 60 }, (_, i) => (i * 7) % 20) });
const left = Array.from(train.numeric('usage'), (usage, i) => (usage + (i % 5) > 12 ? 'yes' : 'no'));
const model = new Pipeline([], new LogisticRegression()).fit(train, left);
const rows = Table.fromColumns({ usage: [0, 19] });

/** The usage with which each row would be called otherwise. */
function enough(threshold?: number): number[] {
  const changes = changesOfRows(model, { train, fixed: ['age'], monotone: { age: 'up' }, threshold })(rows);
  return changes.map(([text, ...others], i) => {
    expect(others).toEqual([]);
    const found = /^would be "(yes|no)" if usage were (\d+), not \d+$/.exec(text);
    expect(found?.[1]).toBe(['yes', 'no'][i]);
    return Number(found?.[2]);
  });
}

it('returns the closest values seen in training that change the predicted class', () => {
  const called = model.predict(Table.fromColumns({ usage: Array.from({ length: 20 }, (_, i) => i) }));
  const first = called.indexOf('yes');
  expect(enough()).toEqual([first, first - 1]);
});

it('respects the threshold, and skips settings of columns that are not features', () => {
  const [yes, no] = enough(0.9);
  const p = model.predictProba(Table.fromColumns({ usage: [yes, no] }))[1];
  expect(p[0]).toBeGreaterThanOrEqual(0.9);
  expect(p[1]).toBeLessThan(0.9);
  expect(yes).toBe(no + 1);
});
