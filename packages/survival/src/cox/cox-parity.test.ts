import { type DurationLists, Table } from '@churn/core';
import reference from '../../test/reference/cox_regression.json';
import { concordance } from '../concordance.js';
import { CoxRegression, type CoxRegressionOptions } from './cox-regression.js';
import { proportionalHazardsTest } from './proportional-hazards-test.js';

interface DataSet {
  readonly x: Record<string, number[]>;
  readonly durations: number[];
  readonly events: number[];
  readonly weights?: number[];
  readonly entry?: number[];
  readonly stratum?: number[];
}

interface Case {
  readonly name: string;
  readonly set: number;
  readonly options: CoxRegressionOptions;
  readonly uses: readonly string[];
  readonly coefficients: readonly number[];
  readonly covariance?: readonly (readonly number[])[];
  readonly p?: readonly number[];
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  readonly logLikelihood?: number;
  readonly likelihoodRatioTest?: readonly [number, number];
  readonly times?: readonly number[];
  readonly survival?: readonly (readonly number[])[];
  readonly concordance?: number;
  readonly proportionalHazards?: Readonly<Record<string, readonly [number[], number[]]>>;
}

const cases = reference.cases as unknown as Case[];

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 8): void {
  expect(actual.length).toBe(expected.length);
  Array.from(actual).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], digits);
  });
}

describe.each(cases)('$name, $options', ({ set, options, uses, coefficients, ...expected }) => {
  const data = reference.sets[set] as DataSet;
  const columns = options.strata ? { ...data.x, stratum: data.stratum as number[] } : data.x;
  const x = Table.fromColumns(columns);
  const y: DurationLists = {
    durations: data.durations,
    events: data.events,
    ...(uses.includes('entry') && { entry: data.entry }),
  };
  const fitOptions = uses.includes('weights') ? { sampleWeight: data.weights as number[] } : {};
  const model = new CoxRegression({ ...options, tolerance: 1e-11 }).fit(x, y, fitOptions);
  const summary = model.summary();

  it('agrees on coefficients', () => {
    close(model.coefficients, coefficients);
    expect(model.state.converged).toBe(true);
  });

  it('agrees on covariance, tests and intervals', () => {
    expected.covariance?.forEach((row, j) => {
      close(model.state.covariance?.[j] ?? [], row);
    });
    const each = summary.coefficients;
    if (expected.p)
      close(
        each.map(({ pValue }) => pValue),
        expected.p,
      );
    if (expected.lower)
      close(
        each.map(({ interval }) => interval[0]),
        expected.lower,
      );
    if (expected.upper)
      close(
        each.map(({ interval }) => interval[1]),
        expected.upper,
      );
  });

  it('agrees on the likelihood', () => {
    const { logLikelihood, likelihoodRatioTest: test } = summary;
    if (expected.logLikelihood !== undefined) expect(logLikelihood).toBeCloseTo(expected.logLikelihood, 8);
    if (expected.likelihoodRatioTest)
      close([test?.statistic ?? NaN, test?.pValue ?? NaN], expected.likelihoodRatioTest);
  });

  it('agrees on survival curves and concordance', () => {
    const first = x.take([0, 1, 2, 3, 4, 5]);
    if (expected.times) {
      model.predictSurvival(first, expected.times).forEach((curve, t) => {
        close(curve, expected.survival?.[t] ?? []);
      });
    }
    if (expected.concordance === undefined) return;
    expect(summary.concordance).toBeCloseTo(expected.concordance, 10);
    if (!options.strata) expect(concordance(y, model.predict(x))).toBeCloseTo(expected.concordance, 10);
  });

  it('agrees on tests of proportional hazards', () => {
    for (const [timeTransform, [statistics, ps]] of Object.entries(expected.proportionalHazards ?? {})) {
      const found = proportionalHazardsTest(model, x, y, { timeTransform: timeTransform as 'km' });
      close(
        found.map(({ statistic }) => statistic),
        statistics,
      );
      close(
        found.map(({ pValue }) => pValue),
        ps,
      );
    }
  });
});
