import { Labels, Random } from '@churn/core';
import reference from '../../test/reference/group_thresholds.json';
import { accuracy } from '../metrics/accuracy.js';
import { balancedAccuracy } from '../metrics/balanced-accuracy.js';
import { recall } from '../metrics/precision-recall-f1.js';
import { selectionRate } from '../metrics/selection-rate.js';
import { tuneThreshold } from '../tune-threshold.js';
import { metricsByGroup } from './metrics-by-group.js';
import { decisionThresholds, type ThresholdsByGroup, thresholdsByGroup } from './thresholds-by-group.js';

const random = new Random(8);
const n = 600;
const groups = Array.from({ length: n }, (_, row) => (row % 3 === 0 ? 'F' : 'M'));
// The probabilities of the women are lower than they should be.
const truth = Array.from({ length: n }, () => random.int(4) === 0);
const p = Float64Array.from(truth, (isTrue, row) => {
  const sure = 0.3 + (isTrue ? 0.3 : 0) + 0.12 * random.normal() - (groups[row] === 'F' ? 0.15 : 0);
  return Math.min(1, Math.max(0, sure));
});
const y = Labels.from(
  truth.map((isTrue) => (isTrue ? 'yes' : 'no')),
  { positive: 'yes' },
);
const rowsOf = (group: string) => Int32Array.from([...groups.keys()].filter((row) => groups[row] === group));
const called = ({ groups: found }: ThresholdsByGroup) =>
  Array.from(p, (value, row) =>
    value >= Number(found.find(({ group }) => group === groups[row])?.threshold) ? 'yes' : 'no',
  );

it('tunes each group independently', () => {
  for (const rule of [
    { maximise: 'f1' },
    { costs: { falsePositive: 1, falseNegative: 3 } },
    { minRecall: 0.8 },
  ] as const) {
    const found = thresholdsByGroup(y, p, groups, rule);
    expect(found.overall).toEqual(tuneThreshold(y, p, rule));
    for (const { group, threshold, positives, recall } of found.groups) {
      const rows = rowsOf(group);
      expect({ threshold, positives, recall }).toEqual(
        expect.objectContaining(
          pick(
            tuneThreshold(
              y.take(rows),
              p.filter((_, row) => rows.includes(row)),
              rule,
            ),
          ),
        ),
      );
    }
  }
});

function pick({ threshold, positives, recall }: { threshold: number; positives: number; recall: number }) {
  return { threshold, positives, recall };
}

it.each([
  ['equalOpportunity', { recall }, 'recall'],
  ['demographicParity', { selectionRate }, 'selectionRate'],
] as const)('equalises the rate for %s, up to a row, and optimises the rule', (parity, metrics, name) => {
  const rule = { maximise: 'youden' } as const;
  const gapOf = (found: ThresholdsByGroup) =>
    metricsByGroup(y, called(found), groups, { metrics: metrics as never, nResamples: null }).disparity;
  const alone = gapOf(thresholdsByGroup(y, p, groups, rule)) as Record<string, { difference: number }>;
  const found = thresholdsByGroup(y, p, groups, rule, { parity });
  const together = gapOf(found) as Record<string, { difference: number }>;
  const positives = rowsOf('F').filter((row) => truth[row]).length;
  expect(together[name].difference).toBeLessThanOrEqual(
    1 / (parity === 'equalOpportunity' ? positives : 200) + 1e-9,
  );
  expect(together[name].difference).toBeLessThan(alone[name].difference);
  // No other pair of thresholds of rates as near is better, but for the thousandths that are tried.
  expect(youden(called(found))).toBeGreaterThan(bestPair(parity, together[name].difference) - 0.01);
});

function youden(labels: readonly string[]): number {
  const rate = (of: boolean) => {
    const rows = [...truth.keys()].filter((row) => truth[row] === of);
    return rows.filter((row) => labels[row] === 'yes').length / rows.length;
  };
  return rate(true) - rate(false);
}

/** By all pairs of every tenth threshold. */
function bestPair(parity: string, gap: number): number {
  const counts = ['F', 'M'].map((group) => {
    const rows = rowsOf(group);
    const thresholds = [...new Set(rows)].map((row) => p[row]).sort();
    return thresholds.map((threshold) => {
      const hits = rows.filter((row) => truth[row] && p[row] >= threshold).length;
      const all = rows.filter((row) => p[row] >= threshold).length;
      const actual = rows.filter((row) => truth[row]).length;
      return {
        hits,
        alarms: all - hits,
        rate: parity === 'equalOpportunity' ? hits / actual : all / rows.length,
      };
    });
  });
  const positives = truth.filter(Boolean).length;
  let best = -1;
  for (const a of counts[0]) {
    for (const b of counts[1]) {
      if (Math.abs(a.rate - b.rate) > gap + 1e-12) continue;
      best = Math.max(best, (a.hits + b.hits) / positives - (a.alarms + b.alarms) / (n - positives));
    }
  }
  return best;
}

describe.each(reference.cases)('compared with fairlearn, $name', ({ y, p, groups, found }) => {
  const names = [...new Set(groups)].sort();

  it.each([
    ['demographicParity', 'accuracy'],
    ['demographicParity', 'balancedAccuracy'],
    ['equalOpportunity', 'accuracy'],
    ['equalOpportunity', 'balancedAccuracy'],
  ] as const)('%s: reaches its %s without randomisation', (parity, objective) => {
    const rule =
      objective === 'accuracy'
        ? ({ costs: { falsePositive: 1, falseNegative: 1 } } as const)
        : ({ maximise: 'youden' } as const);
    const wanted = found[`${parity} ${objective}`];
    const { groups: chosen } = thresholdsByGroup(y, p, groups, rule, { parity });
    const thresholds = new Map(chosen.map(({ group, threshold }) => [group, threshold]));
    const called = p.map((each, row) => (each >= Number(thresholds.get(groups[row])) ? 1 : 0));
    const reached = (objective === 'accuracy' ? accuracy : balancedAccuracy)(y, called);
    // Draws take in more than thresholds alone: where the rate to be met lies between two, they lose less.
    expect(reached).toBeLessThan(wanted[objective] + 0.001);
    expect(reached).toBeGreaterThan(wanted[objective] - 0.0025);
    const metric = parity === 'equalOpportunity' ? recall : selectionRate;
    const rates = metricsByGroup(y, called, groups, { metrics: { metric }, nResamples: null }).groups;
    const values = names.map((name) =>
      Number(rates.find(({ group }) => group === name)?.metrics.metric?.value),
    );
    // What a few rows of the smallest group make up; theirs are equal on average alone.
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(0.01);
  });
});

it('uses the overall threshold for groups without rows of both classes, and counts weights as rows', () => {
  const lone = groups.map((group, row) => (row < 5 && !truth[row] ? 'X' : group));
  const { overall, groups: found } = thresholdsByGroup(
    y,
    p,
    lone,
    { maximise: 'f1' },
    { parity: 'equalOpportunity' },
  );
  expect(found.map(({ group, isOverall }) => [group, isOverall])).toEqual([
    ['F', false],
    ['M', false],
    ['X', true],
  ]);
  expect(found[2].threshold).toBe(overall.threshold);
  const twice = [...groups.keys(), ...rowsOf('F')];
  const weighted = thresholdsByGroup(
    y,
    p,
    groups,
    { maximise: 'f1' },
    {
      parity: 'demographicParity',
      sampleWeight: groups.map((group) => (group === 'F' ? 2 : 1)),
    },
  );
  const repeated = thresholdsByGroup(
    y.take(twice),
    twice.map((row) => p[row]),
    twice.map((row) => groups[row]),
    { maximise: 'f1' },
    { parity: 'demographicParity' },
  );
  expect(weighted.groups.map(({ threshold }) => threshold)).toEqual(
    repeated.groups.map(({ threshold }) => threshold),
  );
});

it('uses the overall threshold for rare categories and rows without a value, and reports which thresholds to keep', () => {
  const some = groups.map((group, row) => (row < 40 ? null : row < 80 ? `rare ${row % 8}` : group));
  const found = thresholdsByGroup(y, p, some, { maximise: 'f1' }, { minRows: 50 });
  expect(found.groups.map(({ group, isOverall }) => [group, isOverall])).toEqual([
    ['F', false],
    ['M', false],
    ['(all others)', true],
    ['(missing)', true],
  ]);
  expect(found.groups[2].threshold).toBe(found.overall.threshold);
  expect(decisionThresholds(found)).toEqual({
    overall: found.overall.threshold,
    groups: new Map([
      ['F', found.groups[0].threshold],
      ['M', found.groups[1].threshold],
    ]),
  });
});

it('has a threshold for each of many categories, unless their number is limited', () => {
  const many = groups.map((_, row) => `group ${row % 60}`);
  expect(thresholdsByGroup(y, p, many, { maximise: 'f1' }).groups).toHaveLength(60);
  const limited = thresholdsByGroup(y, p, many, { maximise: 'f1' }, { maxGroups: 3 });
  expect(limited.groups.map(({ group }) => group)).toContain('(all others)');
  expect(limited.groups).toHaveLength(4);
});

it('rejects rules about all rows together, and those that a group cannot meet', () => {
  const refused = /^rule: expected one of maximise, costs, minPrecision, minRecall, got /;
  expect(() => thresholdsByGroup(y, p, groups, { capacity: 9 } as never)).toThrow(refused);
  expect(() => thresholdsByGroup(y, p, groups, { profit: { value: 1 } } as never)).toThrow(refused);
  const few = groups.map((group, row) => (row < 40 ? 'X' : group));
  const hopeless = p.map((value, row) => (row < 40 ? (truth[row] ? 0 : 0.5) : value));
  expect(() => thresholdsByGroup(y, hopeless, few, { minPrecision: 0.8 })).toThrow(
    'threshold of group "X": no threshold meets {"minPrecision":0.8}',
  );
});
