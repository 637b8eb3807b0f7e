import {
  type DurationLists,
  Durations,
  Pipeline,
  parseModel,
  Random,
  StateReader,
  serializeModel,
  Table,
} from '@churn/core';
import { survivalConformance } from '@churn/core/testing';
import { explain } from '@churn/explain';
import { concordance } from '../concordance.js';
import { CoxRegression } from './cox-regression.js';
import { FittedCoxRegression } from './fitted-cox-regression.js';
import { proportionalHazardsTest } from './proportional-hazards-test.js';

const N = 80;
const random = new Random(3);
const draw = (of: (u: number, row: number) => number) =>
  Array.from({ length: N }, (_, row) => of(random.uniform(), row));
const a = draw((u) => 4 * u - 2);
const b = draw((u) => Math.floor(5 * u));
const plan = draw((u) => Math.floor(3 * u)).map((code) => ['free', 'basic', 'pro'][code]);
const x = Table.fromColumns({ a, b });
const durations = draw((u, row) => Math.ceil(-20 * Math.log(1 - u) * Math.exp(-a[row] + 0.2 * b[row])));
const events = draw((u) => (u < 0.7 ? 1 : 0));
const entry = draw((u, row) => u * 0.9 * durations[row]);
const y: DurationLists = { durations, events };
const withPlan = x.with({ plan });

/** Minus the log partial likelihood per weight, by its definition (Breslow's ties). */
function loss(
  beta: readonly number[],
  {
    weights = durations.map(() => 1),
    from = durations.map(() => -1),
    strata = durations.map(() => 0) as unknown[],
  },
): number {
  const score = durations.map((_, row) => beta[0] * a[row] + beta[1] * b[row]);
  let sum = 0;
  durations.forEach((time, i) => {
    if (!events[i] || weights[i] === 0) return;
    const atRisk = durations.flatMap((end, j) =>
      end >= time && from[j] < time && strata[j] === strata[i] ? [weights[j] * Math.exp(score[j])] : [],
    );
    sum -= weights[i] * (score[i] - Math.log(atRisk.reduce((total, each) => total + each, 0)));
  });
  return sum / weights.reduce((total, weight) => total + weight, 0);
}

function expectMinimum(model: FittedCoxRegression, objective: (beta: readonly number[]) => number): void {
  const { coefficients } = model;
  for (const j of [0, 1]) {
    const moved = (step: number) =>
      objective(coefficients.map((value, k) => (k === j ? value + step : value)));
    expect((moved(1e-4) - moved(-1e-4)) / 2e-4).toBeCloseTo(0, 7);
    expect(moved(1e-2)).toBeGreaterThan(moved(0));
  }
}

describe.each([
  ['without a penalty', new CoxRegression()],
  ['with a penalty', new CoxRegression({ alpha: 0.05, l1Ratio: 0.5, ties: 'breslow' })],
])('CoxRegression %s', (_, model) => {
  it.each(survivalConformance({ model, restorable: CoxRegression, x, y }))('$name', ({ run }) => run());
});

describe('CoxRegression', () => {
  const weights = draw((u) => Math.floor(3 * u));

  it('reaches the minimum of its definition: weights, strata, left truncation, and a penalty', () => {
    const model = new CoxRegression({ ties: 'breslow', strata: ['plan'], alpha: 0.05 }).fit(
      withPlan,
      { ...y, entry },
      { sampleWeight: weights },
    );
    const parts = { weights, from: entry, strata: plan };
    expectMinimum(model, (beta) => loss(beta, parts) + (0.05 / 2) * (beta[0] * beta[0] + beta[1] * beta[1]));
    const perWeight = model.state.logLikelihood / -weights.reduce((sum, weight) => sum + weight, 0);
    expect(loss(model.coefficients, parts)).toBeCloseTo(perWeight, 12);
    expect(new CoxRegression({ strata: ['plan'] }).fit(withPlan, y).state.baselines).toHaveLength(3);
  });

  it('counts a row of weight 2 as two, and ignores one of weight 0 (Breslow)', () => {
    const rows = weights.flatMap((weight, row) => Array<number>(weight).fill(row));
    const cox = new CoxRegression({ ties: 'breslow', strata: ['plan'] });
    const given = Durations.from({ ...y, entry });
    const weighted = cox.fit(withPlan, given, { sampleWeight: weights });
    const repeated = cox.fit(withPlan.take(rows), given.take(rows));
    weighted.coefficients.forEach((value, j) => {
      expect(value).toBeCloseTo(repeated.coefficients[j], 9);
    });
    expect(weighted.summary().concordance).toBeCloseTo(repeated.summary().concordance ?? NaN, 12);
    const curves = [weighted, repeated].map((model) => model.predictSurvival(withPlan, [5, 20])[1]);
    curves[0].forEach((value, row) => {
      expect(value).toBeCloseTo(curves[1][row], 9);
    });
    const times = { timeTransform: 'km' } as const;
    const tests = [
      proportionalHazardsTest(weighted, withPlan, given, { ...times, sampleWeight: weights }),
      proportionalHazardsTest(repeated, withPlan.take(rows), given.take(rows), times),
    ];
    expect(tests[0][0].statistic).toBeCloseTo(tests[1][0].statistic, 8);
  });

  it("has Breslow's baseline of left-truncated rows", () => {
    const model = new CoxRegression().fit(x, { ...y, entry });
    const risk = model.predict(x).map(Math.exp);
    const until = 15;
    let hazard = 0;
    durations.forEach((time, i) => {
      if (!events[i] || time > until) return;
      hazard +=
        1 / risk.reduce((sum, each, j) => sum + (durations[j] >= time && entry[j] < time ? each : 0), 0);
    });
    const [at] = model.predictCumulativeHazard(x, [until]);
    at.forEach((value, row) => {
      expect(value).toBeCloseTo(hazard * risk[row], 10);
    });
  });

  it('centres scores at the means of the training rows, and steps at event times', () => {
    const model = new CoxRegression().fit(x, y);
    const centre = Table.fromColumns({ b: [model.state.means[1]], a: [model.state.means[0]] });
    expect(model.predict(centre)[0]).toBe(0);
    const [{ times, cumulativeHazard }] = model.baselines;
    expect([...model.times]).toEqual([...times]);
    const [before, at, after] = model.predictCumulativeHazard(centre, [times[0] / 2, times[3], 1e9]);
    expect(before[0]).toBe(0);
    expect(at[0]).toBe(cumulativeHazard[3]);
    expect(after[0]).toBe(cumulativeHazard[times.length - 1]);
    expect(concordance(y, model.predict(x))).toBeCloseTo(model.summary().concordance ?? NaN, 12);
    expect(model.predictSurvival(x, [])).toEqual([]);
  });

  it('sets coefficients to zero with l1, without standard errors', () => {
    const model = new CoxRegression({ alpha: 10, l1Ratio: 1 }).fit(x, y);
    expect(model.coefficients).toEqual([0, 0]);
    const { coefficients, likelihoodRatioTest } = model.summary();
    expect(coefficients[0].standardError).toBeNaN();
    expect(likelihoodRatioTest).toBeUndefined();
    expect(() => proportionalHazardsTest(model, x, y)).toThrow('without an l1 penalty');
  });

  it('fits many together, from strong to weak penalties, like each alone', () => {
    const specifications = [0, 0.01, 0.1].flatMap((alpha) => [
      new CoxRegression({ alpha, l1Ratio: 0.5, tolerance: 1e-11 }),
      new CoxRegression({ alpha, ties: 'breslow', tolerance: 1e-11 }),
    ]);
    specifications[0].fitMany(x, y, specifications).forEach((model, i) => {
      const alone = specifications[i].fit(x, y);
      model.coefficients.forEach((value, j) => {
        expect(value).toBeCloseTo(alone.coefficients[j], 9);
      });
    });
  });

  it.each([1e-200, 1e200])('is invariant to the unit of its weights: %d', (unit) => {
    const plain = new CoxRegression({ alpha: 0.1 }).fit(x, y);
    const scaled = new CoxRegression({ alpha: 0.1 }).fit(x, y, { sampleWeight: events.map(() => unit) });
    scaled.coefficients.forEach((value, j) => {
      expect(value).toBeCloseTo(plain.coefficients[j], 9);
    });
    const curves = [plain, scaled].map((model) => model.predictSurvival(x, [6])[0]);
    expect(curves[1][0]).toBeCloseTo(curves[0][0], 9);
  });

  it('reports if it stopped early', () => {
    const warnings: string[] = [];
    const model = new CoxRegression({ maxIterations: 1, onWarning: (message) => warnings.push(message) }).fit(
      x,
      y,
    );
    expect(model.state.converged).toBe(false);
    expect(warnings).toEqual([expect.stringContaining('CoxRegression stopped after 1 of at most 1 steps')]);
  });

  it('ends a pipeline, and is saved and loaded with its strata', async () => {
    const fitted = new Pipeline([], new CoxRegression({ strata: ['plan'] })).fit(withPlan, y);
    const { model } = await parseModel(await serializeModel(fitted), [CoxRegression], 'survival');
    expect(model.predict(withPlan)).toEqual(fitted.predict(withPlan));
    expect(model.predictSurvival(withPlan, [3, 9])).toEqual(fitted.predictSurvival(withPlan, [3, 9]));
  });
});

describe('CoxRegression rejects', () => {
  const refused = (table: Table, target: DurationLists = y, options = {}) =>
    expect(() => new CoxRegression(options).fit(table, target));

  it('columns that leave a coefficient undetermined, without a penalty', () => {
    const constant = x.with({ c: a.map(() => 7) });
    refused(constant).toThrow('column "c": it does not vary among the rows at risk');
    const within = withPlan.with({ c: plan.map((name) => name.length) });
    refused(within, y, { strata: ['plan'] }).toThrow('column "c": it does not vary among the rows at risk');
    const collinear = x.with({ c: a.map((value, row) => 3 * value - b[row] + 5) });
    refused(collinear).toThrow(
      'column "c": among the rows at risk it is a linear combination of the columns before it',
    );
    expect(new CoxRegression({ alpha: 0.1 }).fit(constant, y).coefficients[2]).toBe(0);
    expect(new CoxRegression({ alpha: 0.1 }).fit(collinear, y).state.converged).toBe(true);
  });

  it('a likelihood without a maximum, without a penalty', () => {
    // Those with the column at 1 all have their event before anybody else.
    const early = durations.map((time) => (time <= 4 ? 1 : 0));
    const separated = x.with({ early });
    const target = { durations, events: durations.map((time, row) => (time <= 4 ? 1 : events[row])) };
    refused(separated, target).toThrow(
      'column "early": the likelihood grows as its coefficient goes to infinity',
    );
    refused(separated, target, { ties: 'breslow' }).toThrow('complete');
    expect(new CoxRegression({ alpha: 0.01 }).fit(separated, target).coefficients[2]).toBeGreaterThan(1);
  });

  it('a likelihood that increases so fast that a step overflows', () => {
    const far = Table.fromColumns({
      a: [
        2000.0007318155874, 0.00036516813185756325, 0.0002158896835056625, 2000.0003981585553,
        2000.0003796675958, 0.00033200290326532687, 0.0009703648011143275, 0.0008128645748657294,
        1000.000228573121,
      ],
      b: [2, 2, 0, 0, 0, 2, 0, 1, 1],
    });
    const target = { durations: [1, 12, 21, 1, 1, 136, 41, 6, 4], events: [1, 0, 1, 0, 1, 1, 1, 1, 0] };
    refused(far, target, { ties: 'breslow' }).toThrow(/column "[ab]": the likelihood grows/);
  });

  it('values that are missing, infinite, too large or categorical', () => {
    refused(x.with({ a: a.map((value, row) => (row === 4 ? null : value)) })).toThrow('column "a", row 4');
    refused(x.with({ a: a.map((value, row) => (row === 4 ? Infinity : value)) })).toThrow(
      'column "a", row 4',
    );
    refused(x.with({ a: a.map((value) => value * 1e300) })).toThrow('column "a": the values are too large');
    refused(withPlan).toThrow('"plan"');
    refused(x.select(['a']), y, { strata: ['a'] }).toThrow('expected at least one feature column');
  });

  it('targets without an event, and weights that leave none', () => {
    refused(x, { durations, events: events.map(() => 0) }).toThrow('expected at least one row with an event');
    const sampleWeight = events.map((event) => 1 - event);
    expect(() => new CoxRegression().fit(x, y, { sampleWeight })).toThrow(
      'expected at least one row with an event',
    );
    refused(x, [1, 2] as never).toThrow('durations');
    refused(x.take([0, 1])).toThrow('expected 2 durations, one per row');
  });

  it('strata that are missing or differ from training', () => {
    refused(x, y, { strata: ['plan'] }).toThrow('"plan"');
    const gap = plan.map((name, row) => (row === 3 ? null : name));
    refused(x.with({ plan: gap }), y, { strata: ['plan'] }).toThrow(
      'column "plan", row 3: expected a stratum of training, got a missing value',
    );
    const model = new CoxRegression({ strata: ['plan'] }).fit(withPlan, y);
    const other = x.with({ plan: plan.map((name, row) => (row === 2 ? 'gold' : name)) });
    expect(() => model.predictSurvival(other, [1])).toThrow(
      'column "plan", row 2: expected a stratum of training, got "gold"',
    );
    expect(() => new CoxRegression({ strata: ['a', 'a'] })).toThrow('strata');
  });

  it('invalid times and confidence levels', () => {
    const model = new CoxRegression().fit(x, y);
    for (const times of [[-1], [NaN], [Infinity], 3, undefined])
      expect(() => model.predictSurvival(x, times as number[])).toThrow(
        'times: expected a list of finite numbers',
      );
    expect(() => model.summary({ confidence: 1 })).toThrow('confidence');
    expect(() => proportionalHazardsTest(model, x, { durations: durations.map(() => 2), events })).toThrow(
      'two times',
    );
    const atZero = {
      durations: durations.map((time, row) => (row === 0 ? 0 : time)),
      events: events.map(() => 1),
    };
    expect(() => proportionalHazardsTest(model, x, atZero, { timeTransform: 'log' })).toThrow('after time 0');
  });

  it('invalid states', () => {
    const { state } = new CoxRegression({ strata: ['plan'] }).fit(withPlan, y);
    const damaged: [object, string][] = [
      [{ covariates: [] }, 'covariates'],
      [{ covariates: ['a', 'plan'] }, 'strata'],
      [{ coefficients: [1] }, 'coefficients'],
      [{ covariance: [[1, 2]] }, 'covariance'],
      [
        {
          covariance: [
            [-1, 0],
            [0, 1],
          ],
        },
        'covariance',
      ],
      [{ concordance: 2 }, 'concordance'],
      [{ baselines: [] }, 'baselines'],
      [{ baselines: [state.baselines[0], state.baselines[0]] }, 'baselines'],
      [{ baselines: [{ ...state.baselines[0], times: state.baselines[1].times }] }, 'cumulativeHazard'],
      [{ nEvents: 1000 }, 'nEvents'],
      [{ ties: 'exact' }, 'ties'],
    ];
    for (const [change, field] of damaged)
      expect(() => CoxRegression.restore(new StateReader('CoxRegression', { ...state, ...change }))).toThrow(
        field,
      );
    expect(CoxRegression.restore(new StateReader('CoxRegression', state))).toBeInstanceOf(
      FittedCoxRegression,
    );
  });
});

it('explains the log partial hazard exactly, also by the raw columns of a pipeline', () => {
  const model = new CoxRegression({ strata: ['plan'] }).fit(withPlan, y);
  const { method, unit, rows } = explain(model, withPlan);
  expect([method, unit]).toEqual(['exact', 'log-hazard']);
  const risks = model.predict(withPlan);
  const mean = a.reduce((sum, value) => sum + value / N, 0);
  rows.forEach(({ prediction, baseline, contributions }, row) => {
    expect(prediction).toBe(risks[row]);
    const of = new Map(contributions.map(({ column, contribution }) => [column, contribution]));
    expect(of.get('a')).toBeCloseTo(model.coefficients[0] * (a[row] - mean), 10);
    expect(of.get('plan')).toBe(0);
    expect([...of.values()].reduce((sum, each) => sum + each, baseline)).toBeCloseTo(prediction, 10);
  });
  const pipeline = new Pipeline([], new CoxRegression()).fit(x, y);
  const explained = explain(pipeline, x.take([3]));
  expect(explained.method).toBe('exact');
});
