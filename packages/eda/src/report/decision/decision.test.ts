import { Random } from '@churn/core';
import { decisionPanel } from './decision-panel.js';
import { DECISION_ARITHMETIC } from './decision-script.js';
import { STEPS, type ThresholdCounts, thresholdCounts } from './threshold-counts.js';

const economics = { value: 200, contact: 1, offer: 20, acceptance: 0.25 };
const random = new Random(3);
const many = Float64Array.from({ length: 20_000 }, () => random.uniform());
const left = many.map((score) => (random.uniform() < score ? 1 : 0));

/** How many rows have a score from a threshold on, and how many of them are to be found, counted one by one. */
function calledFrom(threshold: number, scores: Float64Array = many, isPositive: Float64Array = left) {
  const rows = Array.from(scores.keys()).filter((i) => scores[i] >= threshold);
  return { called: rows.length, found: rows.filter((i) => isPositive[i] === 1).length };
}

function at({ thresholds, called, found }: ThresholdCounts, threshold: number) {
  const i = thresholds.findLastIndex((each) => each >= Math.floor(threshold * STEPS + 1e-6));
  return i < 0 ? { called: 0, found: 0 } : { called: called[i], found: found[i] };
}

describe('thresholdCounts', () => {
  it('counts rows at each distinct score, with ties together', () => {
    expect(thresholdCounts([0.5, 0.9, 0.5, 0, 1], [1, 1, 0, 0, 1], 0.5)).toEqual({
      thresholds: [1_000_000, 900_000, 500_000, 0],
      called: [1, 2, 4, 5],
      found: [1, 2, 3, 3],
      rows: 5,
      positives: 3,
    });
  });

  it('keeps a few thousand of many, exact at each thousandth and at the current threshold', () => {
    const inUse = 0.4217654;
    const counts = thresholdCounts(many, left, inUse);
    expect(counts.thresholds.length).toBeLessThan(2100);
    for (const threshold of [0, 0.001, 0.29, 0.3, 0.577, 0.999, 1])
      expect(at(counts, threshold)).toEqual(calledFrom(threshold));
    expect(at(counts, inUse)).toEqual(calledFrom(Math.floor(inUse * STEPS) / STEPS));
  });

  it.each([
    ['no rows', [], [], 'expected as many scores as rows, and one at least, got 0 and 0'],
    ['another length', [0.1, 0.2], [1], 'got 2 and 1'],
    ['a score above 1', [0.1, 1.2], [1, 0], 'expected scores from 0 to 1, got 1.2 at place 1'],
    ['a score that is not a number', [NaN], [1], 'got NaN at place 0'],
  ])('rejects %s', (_, scores, isPositive, message) => {
    expect(() => thresholdCounts(scores, isPositive, 0.5)).toThrow(message);
  });
});

describe('the computations of the page', () => {
  const { decisionAt, campaignProfit, mostProfitable } = new Function(
    `${DECISION_ARITHMETIC}; return { decisionAt, campaignProfit, mostProfitable };`,
  )();
  const scores = many.slice(0, 500);
  const isPositive = left.slice(0, 500);
  const counts = thresholdCounts(scores, isPositive, 0.5);
  const positives = isPositive.reduce((sum, each) => sum + each, 0);

  it.each([0, 0.123, 0.5, 0.987, 1])(
    'counts correct and wrong predictions like counting rows: from %p',
    (from) => {
      const { called, found } = calledFrom(from, scores, isPositive);
      expect(decisionAt(counts, Math.floor(from * STEPS), 500)).toEqual({
        truePositives: found,
        falsePositives: called - found,
        falseNegatives: positives - found,
        trueNegatives: 500 - called - positives + found,
      });
    },
  );

  it('predicts at most as many positive as the capacity', () => {
    const { truePositives, falsePositives } = decisionAt(counts, 0, 40);
    expect(truePositives + falsePositives).toBe(40);
    expect(decisionAt(counts, 0, 0).truePositives).toBe(0);
  });

  it('adds up the profit of each contact', () => {
    expect(campaignProfit(3, 2, economics)).toBeCloseTo(3 * (0.25 * 180 - 1) - 2 * 21, 12);
  });

  it('finds the most profitable list within the capacity', () => {
    const profitOf = (from: number) => {
      const { called, found } = calledFrom(from, scores, isPositive);
      return campaignProfit(found, called - found, economics);
    };
    const all = Array.from(scores, profitOf);
    const { index, profit } = mostProfitable(counts, economics, 500);
    expect(profit).toBeCloseTo(Math.max(...all), 9);
    expect(profitOf(counts.thresholds[index] / STEPS)).toBeCloseTo(profit, 9);
    const limited = mostProfitable(counts, economics, 10);
    expect(counts.called[limited.index]).toBeLessThanOrEqual(10);
    expect(mostProfitable(counts, { ...economics, value: 0 }, 500)).toEqual({ index: -1, profit: 0 });
  });
});

describe('decisionPanel', () => {
  const decision = {
    positive: '<b>',
    scores: [0.1, 0.4, 0.8, 0.9],
    isPositive: [0, 1, 0, 1],
    threshold: 0.5,
    economics,
  };

  it('shows the metrics of the current threshold without scripts', () => {
    const panel = decisionPanel(decision).toString();
    const said = (name: string) => new RegExp(`data-say="${name}">([^<]*)<`).exec(panel)?.[1];
    const cells = ['truePositives', 'falseNegatives', 'falsePositives', 'trueNegatives'].map(said);
    expect(cells).toEqual(['1', '1', '1', '1']);
    expect([said('called'), said('precision'), said('recall')]).toEqual(['500', '50.0%', '50.0%']);
    expect(panel).toContain('&lt;b&gt;');
    expect(panel).not.toContain('<b>');
  });

  it('predicts none positive at a threshold above all scores', () => {
    const panel = decisionPanel({ ...decision, threshold: 0.95, currency: '</script>' }).toString();
    expect(panel).toContain('data-say="precision">-<');
    expect(panel.match(/<\/script>/g)).toHaveLength(1);
  });

  it.each([
    [{ threshold: 1.5 }, 'decision: expected threshold from 0 to 1, got 1.5'],
    [{ economics: { ...economics, acceptance: 2 } }, 'decision: expected acceptance from 0 to 1, got 2'],
    [{ economics: { ...economics, value: -1 } }, 'decision: expected value of at least 0, got -1'],
  ])('rejects %j', (wrong, message) => {
    expect(() => decisionPanel({ ...decision, ...wrong })).toThrow(message);
  });
});
