import { type FittedClassifier, type FittedRegressor, Pipeline, Random, Table } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestRegressor } from '@churn/models';
import { type CounterfactualOptions, counterfactuals } from './counterfactuals.js';

const random = new Random('customers');
const n = 400;
const draw = (of: (u: number, row: number) => number | string | null) =>
  Array.from({ length: n }, (_, row) => of(random.uniform(), row));
const calls = draw((u) => Math.floor(10 * u)) as number[];
const tenure = draw((u) => Math.floor(36 * u)) as number[];
const x = Table.fromColumns({
  calls,
  tenure,
  spend: draw((u) => (u < 0.05 ? null : 20 + 40 * u)),
  plan: draw((u) => (u < 0.4 ? 'basic' : 'pro')),
});
const plans = x.category('plan');
const isBasic = Array.from(plans.codes, (code) => plans.levels[code] === 'basic');
const left = calls.map((c, i) => (c + (isBasic[i] ? 2 : 0) - tenure[i] / 6 > 4 ? 'yes' : 'no'));
const model = new Pipeline([], new GradientBoostingClassifier({ nEstimators: 40 })).fit(x, left);
const options = { training: x };
const leavers = x.take([...left.keys()].filter((i) => left[i] === 'yes'));

const after = (i: number, changes: readonly { column: string; to: unknown }[]) => ({
  ...leavers.row(i),
  ...Object.fromEntries(changes.map(({ column, to }) => [column, to])),
});

describe('counterfactuals', () => {
  const found = counterfactuals(model, leavers, options);

  it('alter the decision, as predicted', () => {
    let count = 0;
    found.forEach(({ label, prediction, counterfactuals: each }, i) => {
      expect(label).toBe(model.predict(leavers.take([i]))[0]);
      expect(prediction).toBe(model.predictProba(leavers.take([i]))[1][0]);
      for (const { changes, ...outcome } of each) {
        const row = Table.fromRows([after(i, changes)]);
        expect(model.predict(row)).not.toEqual([label]);
        expect(outcome.label).toBe(model.predict(row)[0]);
        expect(outcome.prediction).toBe(model.predictProba(row)[1][0]);
        count++;
      }
    });
    expect(count).toBeGreaterThan(2 * leavers.nRows);
  });

  it('are ordered by distance and number of changes, and change different columns', () => {
    for (const { counterfactuals: each } of found) {
      const costs = each.map(({ distance, changes }) => distance + changes.length);
      expect(costs).toEqual([...costs].sort((a, b) => a - b));
      const columns = each.map(({ changes }) =>
        changes
          .map(({ column }) => column)
          .sort()
          .join(),
      );
      expect(new Set(columns).size).toBe(each.length);
      expect(each.length).toBeLessThanOrEqual(3);
    }
  });

  it('have values of training rows, and never change to or from a missing value', () => {
    const seen = new Map(x.names.map((name) => [name, new Set(x.toRows().map((row) => row[name]))]));
    found.forEach(({ counterfactuals: each }, i) => {
      for (const { column, from, to } of each.flatMap(({ changes }) => changes)) {
        expect(from).toBe(leavers.row(i)[column]);
        expect(from).not.toBeNull();
        expect(to).not.toBeNull();
        expect(seen.get(column)).toContain(to);
        expect(to).not.toBe(from);
      }
    });
  });

  it('respect fixed and monotone columns, and ranges', () => {
    const bounded = counterfactuals(model, leavers, {
      ...options,
      fixed: ['plan'],
      monotone: { tenure: 'up', spend: 'down' },
      ranges: { calls: [2, 9] },
    });
    const changes = bounded.flatMap(({ counterfactuals: each }) => each.flatMap((one) => one.changes));
    const of = (name: string) => changes.filter(({ column }) => column === name);
    expect(of('plan')).toEqual([]);
    expect(of('tenure').length).toBeGreaterThan(10);
    for (const { from, to } of of('tenure')) expect(to).toBeGreaterThan(from as number);
    for (const { from, to } of of('spend')) expect(to).toBeLessThan(from as number);
    for (const { to } of of('calls')) expect(to).toBeGreaterThanOrEqual(2);
  });

  it('find the nearest training value of a single column that alters the decision', () => {
    const first = new LogisticRegression().fit(Table.fromColumns({ calls }), left);
    const row = Table.fromColumns({ calls: [9] });
    const [{ counterfactuals: each }] = counterfactuals(first, row, {
      training: Table.fromColumns({ calls }),
    });
    const enough = Array.from({ length: 10 }, (_, c) => c).filter(
      (c) => first.predict(Table.fromColumns({ calls: [c] }))[0] === 'no',
    );
    expect(each).toHaveLength(1);
    expect(each[0].changes).toEqual([{ column: 'calls', from: 9, to: Math.max(...enough) }]);
  });

  it('are close to training rows: no unseen combinations', () => {
    // Many calls go with a long tenure: few calls with a long tenure would be enough, but never occur.
    const ramp = Array.from({ length: 200 }, (_, i) => i / 10);
    const diagonal = Table.fromColumns({ a: ramp, b: ramp.map((value, i) => value + (i % 7) / 20) });
    const sum: FittedRegressor = {
      role: 'regressor',
      type: 'Sum',
      state: {},
      features: ['a', 'b'],
      predict: (table) => table.numeric('a').map((a, i) => a + table.numeric('b')[i]),
    };
    const [{ counterfactuals: each }] = counterfactuals(sum, diagonal.take([150]), {
      training: diagonal,
      target: 15,
    });
    expect(each.length).toBeGreaterThan(0);
    for (const { changes } of each) {
      const { a, b } = {
        ...diagonal.row(150),
        ...Object.fromEntries(changes.map(({ column, to }) => [column, to])),
      } as { a: number; b: number };
      expect(a + b).toBeLessThan(15);
      expect(Math.abs(a - b)).toBeLessThan(2);
    }
  });

  it('cross a target value, from below and from above', () => {
    const regressor = new RandomForestRegressor({ nEstimators: 10 }).fit(x.drop(['plan', 'spend']), calls);
    const few = x.drop(['plan', 'spend']).take([0, 1, 2, 3, 4, 5]);
    for (const { prediction, counterfactuals: each } of counterfactuals(regressor, few, {
      training: x.drop(['plan', 'spend']),
      target: 4.5,
    })) {
      expect(each.length).toBeGreaterThan(0);
      for (const one of each) expect(one.prediction >= 4.5).toBe(prediction < 4.5);
    }
  });

  it('reach the desired class of several, and skip rows of that class', () => {
    const three = calls.map((c) => 'pqr'[Math.min(2, Math.floor(c / 4))]);
    const of = new GradientBoostingClassifier({ nEstimators: 20 }).fit(x, three);
    const answers = counterfactuals(of, x.take([0, 1, 2, 3, 4, 5, 6, 7]), { ...options, label: 'q' });
    expect(new Set(answers.map(({ label }) => label))).toEqual(new Set(['p', 'q', 'r']));
    for (const { label, counterfactuals: each } of answers) {
      if (label === 'q') expect(each).toEqual([]);
      else expect(each.length).toBeGreaterThan(0);
      for (const one of each) expect(one.label).toBe('q');
    }
  });

  it('use the threshold of the model, or the given one', () => {
    const certain: FittedClassifier = {
      role: 'classifier',
      type: 'Share',
      state: {},
      classes: [0, 1],
      threshold: 0.3,
      features: ['calls'],
      predictProba: (table) => [
        table.numeric('calls').map((c) => 1 - c / 10),
        table.numeric('calls').map((c) => c / 10),
      ],
      predict: () => [],
    };
    const training = Table.fromColumns({ calls });
    const of = (others: Partial<CounterfactualOptions>) =>
      counterfactuals(certain, Table.fromColumns({ calls: [9] }), { training, ...others })[0]
        .counterfactuals[0].changes[0].to;
    expect(of({})).toBe(2);
    expect(of({ target: 0.6 })).toBe(5);
  });

  it('are reproducible, whatever the other rows', () => {
    expect(counterfactuals(model, leavers.take([3]), options)).toEqual([found[3]]);
  });

  it.each<[Partial<CounterfactualOptions>, string]>([
    [{ training: [] as never }, 'training: expected a Table, got a list'],
    [
      { fixed: ['nothing'] },
      'fixed: expected columns of the model: calls, tenure, spend, plan, got "nothing"',
    ],
    [{ monotone: { plan: 'up' } }, 'monotone: expected numeric columns, got "plan"'],
    [{ monotone: { calls: 'away' as 'up' } }, 'monotone: expected'],
    [{ ranges: { calls: [3, 1] } }, 'ranges: expected'],
    [{ count: 0 }, 'count: expected an integer of at least 1'],
    [{ target: 2 }, 'target: expected a probability between 0 and 1, got 2'],
    [{ label: 'maybe' }, 'label: expected one of the classes no, yes, got "maybe"'],
    [{ counts: 3 } as never, 'counts: unknown; did you mean count?'],
    [{ training: x.take([]) }, 'training: expected a table with at least one row, got 0'],
  ])('rejects %j', (wrong, message) => {
    expect(() => counterfactuals(model, leavers, { ...options, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it('require a value to reach for a regressor', () => {
    const regressor = new RandomForestRegressor({ nEstimators: 2 }).fit(x.drop(['plan']), calls);
    expect(() => counterfactuals(regressor, x, options)).toThrow('target: expected the value to reach');
  });
});
