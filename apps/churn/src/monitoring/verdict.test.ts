import { Labels } from '@churn/core';
import type {
  DriftReport,
  EstimatedPerformance,
  PerformanceFigures,
  RealisedPerformance,
} from '@churn/monitor';
import { monitoring } from '../config/monitoring.js';
import { areEnough } from './evidence.js';
import { type PerformanceFall, performanceFalls } from './performance-falls.js';
import { type Found, hasAlert, verdictOf } from './verdict.js';

const drift = (alerts: string[], isScoreAlert = false, columns = 19) =>
  ({
    isAlert: alerts.length > 0 || isScoreAlert,
    alerts,
    rows: { reference: 400, current: 400 },
    columns: Array.from({ length: columns }, () => ({})),
    scores: [{ isAlert: isScoreAlert }],
  }) as unknown as DriftReport;
const figures = { rocAuc: 0.99, logLoss: 0.1 } as PerformanceFigures;
const interval = (value: number, lower: number, upper: number) => ({ value, lower, upper });
const estimated = (value: number, lower: number, upper: number) =>
  ({ figures: { rocAuc: { ...interval(value, lower, upper), reference: 0.99 } } }) as EstimatedPerformance;
const realised = (rocAuc: object, logLoss: object = interval(0.1, 0.05, 0.2)) =>
  ({ figures: { rocAuc, logLoss } }) as unknown as RealisedPerformance;

function foundOf(found: Partial<Found>): Found {
  return {
    ...{
      task: 'classes' as const,
      estimated: null,
      realised: null,
      areLabelsEnough: false,
      figures,
      labelled: 400,
    },
    ...{ rows: { all: 400, unread: 0, unscored: 0 }, maxRejected: 0.05 },
    ...{ drift: drift([]), falls: [], windows: [], ...found },
  };
}

function verdict(
  found: DriftReport,
  known: { estimated?: EstimatedPerformance; realised?: RealisedPerformance },
  maxFall: Parameters<typeof performanceFalls>[1] = { rocAuc: 0.02 },
): string {
  const performance = {
    estimated: known.estimated ?? null,
    realised: known.realised ?? null,
    areLabelsEnough: known.realised !== undefined,
    figures,
  };
  return verdictOf(foundOf({ ...performance, drift: found, falls: performanceFalls(performance, maxFall) }));
}

it('states in a sentence what drifted, how the model performs and where to look', () => {
  expect(verdict(drift(['Total_Trans_Ct', 'Gender'], true), { estimated: estimated(0.95, 0.94, 0.96) })).toBe(
    '2 of 19 columns and the score drifted, and the estimated ROC AUC fell from 0.990 to 0.950: look at Total_Trans_Ct first.',
  );
  expect(verdict(drift([]), { estimated: estimated(0.989, 0.98, 0.995) })).toBe(
    'None of 19 columns drifted, and the estimated ROC AUC is 0.989 (0.990 before).',
  );
  expect(verdict(drift([], true), {})).toBe('None of 19 columns drifted, but the score did.');
  expect(verdict(drift(['a'], false, 1), {})).toBe('1 of 1 column drifted: look at a first.');
  expect(verdict(drift([]), { realised: realised(interval(0.9, 0.88, 0.92)) })).toBe(
    'None of 19 columns drifted, but the realised ROC AUC fell from 0.990 to 0.900 (400 labelled rows).',
  );
});

it('prefers labels to an estimate, and ignores falls that may be chance or are tolerated', () => {
  const low = estimated(0.9, 0.88, 0.92);
  const known = {
    estimated: low,
    realised: realised(interval(0.98, 0.975, 0.985)),
    areLabelsEnough: true,
    figures,
  };
  expect(performanceFalls(known, { rocAuc: 0.02 })).toEqual([]);
  expect(performanceFalls(known, { rocAuc: 0.005 })).toEqual([
    { figure: 'rocAuc', kind: 'realised', reference: 0.99, current: 0.98 },
  ]);
  const wide = {
    estimated: null,
    realised: realised(interval(0.9, 0.7, 0.995)),
    areLabelsEnough: true,
    figures,
  };
  expect(performanceFalls(wide, { rocAuc: 0.02 })).toEqual([]);
  const none = {
    estimated: null,
    realised: realised({ value: null, lower: null, upper: null }),
    areLabelsEnough: true,
    figures,
  };
  expect(performanceFalls(none, { rocAuc: 0 })).toEqual([]);
});

it('treats the rise of a loss as a fall', () => {
  const worse = realised(interval(0.99, 0.98, 1), interval(0.3, 0.25, 0.35));
  expect(verdict(drift([]), { realised: worse }, { logLoss: 0.1 })).toBe(
    'None of 19 columns drifted, but the realised log loss rose from 0.100 to 0.300 (400 labelled rows).',
  );
  const better = {
    estimated: null,
    realised: realised({}, interval(0.01, 0, 0.02)),
    areLabelsEnough: true,
    figures,
  };
  expect(performanceFalls(better, { logLoss: 0 })).toEqual([]);
});

it('names drift that occurs only in windows', () => {
  const calm = { window: '2026-10', alerts: [], hasScoreDrifted: false };
  const told = (found: Partial<Found>) => [verdictOf(foundOf(found)), hasAlert(foundOf(found))];
  expect(told({ windows: [calm] })).toEqual(['None of 19 columns drifted.', false]);
  const last = { window: '2026-12', alerts: ['Total_Trans_Ct'], hasScoreDrifted: false };
  expect(told({ windows: [calm, last], estimated: estimated(0.98, 0.97, 0.99) })).toEqual([
    'Total_Trans_Ct drifted in 2026-12, and the estimated ROC AUC is 0.980 (0.990 before): look at Total_Trans_Ct first.',
    true,
  ]);
  expect(told({ windows: [calm, last], drift: drift(['Gender']) })[0]).toBe(
    '1 of 19 columns drifted overall, and Total_Trans_Ct drifted in 2026-12: look at Gender first.',
  );
  const former = { window: '2026-11', alerts: ['a', 'b'], hasScoreDrifted: true };
  expect(told({ windows: [calm, former, last] })[0]).toBe(
    'a, 2 more columns and the score drifted in 2 of 3 windows: look at a first.',
  );
  expect(told({ windows: [calm, { ...calm, window: '2026-11', hasScoreDrifted: true }] })).toEqual([
    'The score drifted in 2026-11.',
    true,
  ]);
});

it('raises an alert if many rows are rejected', () => {
  const told = (unread: number, unscored: number) => {
    const found = foundOf({ rows: { all: 3000, unread, unscored } });
    return [verdictOf(found), hasAlert(found)];
  };
  expect(told(150, 150)).toEqual(['None of 19 columns drifted.', false]);
  expect(told(2500, 0)).toEqual(['2,500 of 3,000 rows cannot be read; none of 19 columns drifted.', true]);
  expect(told(0, 151)).toEqual(['151 of 3,000 rows cannot be scored; none of 19 columns drifted.', true]);
});

it('gives no all-clear on few rows or labels', () => {
  const few = (reference: number, current: number, alerts: string[] = []) =>
    verdictOf(foundOf({ drift: { ...drift(alerts), rows: { reference, current } } }));
  expect(few(400, 30)).toBe('None of 19 columns drifted.');
  expect(few(400, 29)).toBe('29 rows are too few to judge.');
  expect(few(400, 1)).toBe('1 row is too few to judge.');
  expect(few(12, 400)).toBe('12 rows of the reference are too few to judge.');
  expect(few(400, 5, ['a'])).toBe(
    '5 rows are too few to judge, but 1 of 19 columns drifted: look at a first.',
  );
  const low = realised(interval(0.7, 0.6, 0.8));
  const known = { estimated: estimated(0.98, 0.97, 0.99), realised: low, areLabelsEnough: false, figures };
  expect(performanceFalls(known, { rocAuc: 0.02 })).toEqual([]);
  expect(verdictOf(foundOf({ ...known, labelled: 5 }))).toBe(
    'None of 19 columns drifted, and the estimated ROC AUC is 0.980 (0.990 before; 5 labelled rows are too few to judge).',
  );
  expect(verdictOf(foundOf({ ...known, estimated: null, labelled: 5 }))).toBe(
    'None of 19 columns drifted, and the realised ROC AUC is 0.700 (0.990 before; 5 labelled rows are too few to judge).',
  );
});

it('considers 20 labels with 5 of each class enough', () => {
  const of = (...counts: number[]) => {
    const values = counts.flatMap((count, i) => Array.from({ length: count }, () => `${i}`));
    return areEnough(Labels.from(values, ['0', '1']));
  };
  expect([of(15, 5), of(5, 15), of(14, 5), of(100, 4), of(100, 0)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('names the worst of several falls, relative to the tolerance', () => {
  const current = { ...realised(interval(0.93, 0.92, 0.94)).figures, precision: interval(0.53, 0.5, 0.56) };
  const known = {
    estimated: null,
    realised: { figures: current } as unknown as RealisedPerformance,
    areLabelsEnough: true,
    figures: { ...figures, precision: 0.88 } as PerformanceFigures,
  };
  const { maxFall } = monitoring.parse(undefined);
  const { rocAuc, logLoss, precision } = maxFall;
  const falls = performanceFalls(known, { rocAuc, logLoss, precision } as typeof maxFall);
  expect(falls.map(({ figure }: PerformanceFall) => figure)).toEqual(['precision', 'rocAuc']);
  expect(verdictOf(foundOf({ ...known, falls }))).toBe(
    'None of 19 columns drifted, but the realised precision fell from 0.880 to 0.530 (400 labelled rows).',
  );
});
