import type {
  DriftReport,
  EstimatedPerformance,
  PerformanceFigures,
  RealisedPerformance,
} from '@churn/monitor';
import { performanceFalls } from './performance-falls.js';
import { verdictOf } from './verdict.js';

const drift = (alerts: string[], isScoreAlert = false, columns = 19) =>
  ({
    alerts,
    columns: Array.from({ length: columns }, () => ({})),
    scores: [{ isAlert: isScoreAlert }],
  }) as unknown as DriftReport;
const figures = { rocAuc: 0.99, logLoss: 0.1 } as PerformanceFigures;
const interval = (value: number, lower: number, upper: number) => ({ value, lower, upper });
const estimated = (value: number, lower: number, upper: number) =>
  ({ figures: { rocAuc: { ...interval(value, lower, upper), reference: 0.99 } } }) as EstimatedPerformance;
const realised = (rocAuc: object, logLoss: object = interval(0.1, 0.05, 0.2)) =>
  ({ figures: { rocAuc, logLoss } }) as unknown as RealisedPerformance;

function verdict(
  found: DriftReport,
  known: { estimated?: EstimatedPerformance; realised?: RealisedPerformance },
  maxFall: Parameters<typeof performanceFalls>[1] = { rocAuc: 0.02 },
): string {
  const performance = { estimated: known.estimated ?? null, realised: known.realised ?? null, figures };
  return verdictOf({ ...performance, drift: found, falls: performanceFalls(performance, maxFall) });
}

it('tells in a sentence what drifted, what became of the model and where to look', () => {
  expect(verdict(drift(['Total_Trans_Ct', 'Gender'], true), { estimated: estimated(0.95, 0.94, 0.96) })).toBe(
    '2 of 19 columns and the score drifted, and the estimated ROC AUC fell from 0.990 to 0.950: look at Total_Trans_Ct first.',
  );
  expect(verdict(drift([]), { estimated: estimated(0.989, 0.98, 0.995) })).toBe(
    'None of 19 columns drifted, and the estimated ROC AUC is 0.989 (0.990 before).',
  );
  expect(verdict(drift([], true), {})).toBe('None of 19 columns drifted but the score did.');
  expect(verdict(drift(['a'], false, 1), {})).toBe('1 of 1 column drifted: look at a first.');
  expect(verdict(drift([]), { realised: realised(interval(0.9, 0.88, 0.92)) })).toBe(
    'None of 19 columns drifted, but the realised ROC AUC fell from 0.990 to 0.900.',
  );
});

it('counts labels more than an estimate, and no fall that may be chance or is within what is allowed', () => {
  const low = estimated(0.9, 0.88, 0.92);
  const known = { estimated: low, realised: realised(interval(0.98, 0.975, 0.985)), figures };
  expect(performanceFalls(known, { rocAuc: 0.02 })).toEqual([]);
  expect(performanceFalls(known, { rocAuc: 0.005 })).toEqual([
    { figure: 'rocAuc', kind: 'realised', reference: 0.99, current: 0.98 },
  ]);
  const wide = { estimated: null, realised: realised(interval(0.9, 0.7, 0.995)), figures };
  expect(performanceFalls(wide, { rocAuc: 0.02 })).toEqual([]);
  const none = { estimated: null, realised: realised({ value: null, lower: null, upper: null }), figures };
  expect(performanceFalls(none, { rocAuc: 0 })).toEqual([]);
});

it('takes the rise of a loss for the fall that it is', () => {
  const worse = realised(interval(0.99, 0.98, 1), interval(0.3, 0.25, 0.35));
  expect(verdict(drift([]), { realised: worse }, { logLoss: 0.1 })).toBe(
    'None of 19 columns drifted, but the realised log loss rose from 0.100 to 0.300.',
  );
  const better = { estimated: null, realised: realised({}, interval(0.01, 0, 0.02)), figures };
  expect(performanceFalls(better, { logLoss: 0 })).toEqual([]);
});
