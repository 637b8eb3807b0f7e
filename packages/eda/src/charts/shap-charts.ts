import { requireParameter } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, requireSameLength, requireSome } from './figure.js';
import { COLOURS, DIVERGING } from './theme.js';

/** What a feature contributed to the score of each row, and its value in it. */
export interface FeatureContributions {
  readonly feature: string;
  readonly contributions: ArrayLike<number>;
  /** `NaN` where it has no value, or none that is a number. */
  readonly values: ArrayLike<number>;
}

export interface BeeswarmOptions extends ChartTitle {
  /** How many features are shown, those of the largest mean contribution. Default 15. */
  readonly top?: number;
  /** How many rows are drawn, evenly taken from all. Default 500. */
  readonly maxRows?: number;
  /** The unit of the contributions. Default `contribution to the score`. */
  readonly measure?: string;
}

/**
 * A dot a row and feature, by what the feature contributed to the row's score; the colour tells whether its value was low or high
 * among those of the rows. Dots that would lie on one another are stacked.
 */
export function beeswarmChart(
  features: readonly FeatureContributions[],
  {
    title = 'What moves the score',
    subtitle = 'a dot a row; blue where the value is low, orange where it is high',
    top = 15,
    maxRows = 500,
    measure = 'contribution to the score',
  }: BeeswarmOptions = {},
): ChartSpec {
  requireSome('beeswarmChart', 'features', features);
  requireParameter(Number.isInteger(maxRows) && maxRows >= 1, 'maxRows', 'a whole number from 1', maxRows);
  for (const { contributions, values } of features)
    requireSameLength('beeswarmChart', ['contributions', 'values'], contributions, values);
  requireSome('beeswarmChart', 'rows', features[0].contributions);
  const size = (each: FeatureContributions) =>
    Array.from(each.contributions, Math.abs).reduce((sum, value) => sum + value, 0);
  const shown = [...features].sort((a, b) => size(b) - size(a)).slice(0, top);
  const n = features[0].contributions.length;
  const rows = Array.from({ length: Math.min(n, maxRows) }, (_, i) =>
    Math.floor((i * n) / Math.min(n, maxRows)),
  );
  const reach = Math.max(...shown.flatMap((each) => rows.map((row) => Math.abs(each.contributions[row]))));
  const dots = shown.flatMap(({ feature, contributions, values }) => {
    const rank = rankOf(rows.map((row) => values[row]));
    const offset = stacked(
      rows.map((row) => contributions[row]),
      (2 * reach) / 150,
    );
    return rows.map((row, i) => ({
      feature,
      contribution: contributions[row],
      value: Number.isFinite(values[row]) ? values[row] : null,
      rank: rank[i],
      offset: offset[i],
    }));
  });
  return figure(
    { title, subtitle },
    {
      data: { values: dots },
      width: 520,
      height: { step: 38 },
      layer: [
        {
          data: { values: [{ zero: 0 }] },
          mark: { type: 'rule', color: COLOURS.reference },
          encoding: { x: { field: 'zero', type: 'quantitative' } },
        },
        {
          mark: { type: 'circle', size: 14, opacity: 0.75, invalid: null },
          encoding: {
            x: { field: 'contribution', type: 'quantitative', title: measure },
            y: { field: 'feature', type: 'nominal', sort: null, title: null },
            yOffset: { field: 'offset', type: 'quantitative', scale: { domain: [-1, 1] } },
            color: {
              condition: {
                test: 'isValid(datum.rank)',
                field: 'rank',
                type: 'quantitative',
                title: 'value',
                scale: { domain: [0, 1], range: [DIVERGING[0], '#bbbbbb', DIVERGING[4]] },
                legend: { labelExpr: "datum.value == 0 ? 'low' : 'high'", values: [0, 1] },
              },
              value: COLOURS.reference,
            },
            tooltip: [
              { field: 'feature', type: 'nominal' },
              { field: 'value', type: 'quantitative', format: ',.4~g' },
              { field: 'contribution', type: 'quantitative', title: measure, format: '+.3f' },
            ],
          },
        },
      ],
    },
  );
}

/** What a feature contributed to one row's score. */
export interface Contribution {
  /** The feature, and perhaps its value, as it is to be shown. */
  readonly label: string;
  readonly contribution: number;
}

export interface WaterfallOptions extends ChartTitle {
  /** The score without any contribution: that of an average row. */
  readonly baseline: number;
  /** How many contributions are shown before the rest is put together. Default 10. */
  readonly top?: number;
  /** The unit of the score. Default `score`. */
  readonly measure?: string;
}

/** How the score of one row comes about: from that of an average row, by one contribution after another, the largest first. */
export function waterfallChart(
  contributions: readonly Contribution[],
  { title = 'How this score comes about', subtitle, baseline, top = 10, measure = 'score' }: WaterfallOptions,
): ChartSpec {
  requireSome('waterfallChart', 'contributions', contributions);
  const sorted = [...contributions].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const rest = sorted.slice(top);
  const shown = sorted.slice(0, top);
  if (rest.length > 0) {
    const contribution = rest.reduce((sum, each) => sum + each.contribution, 0);
    shown.push({ label: `${rest.length} others`, contribution });
  }
  let score = baseline;
  const steps = shown.map(({ label, contribution }, order) => {
    const from = score;
    score += contribution;
    const text = `${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toFixed(3)}`;
    return { label, from, to: score, right: Math.max(from, score), contribution, text, order };
  });
  const marks = [
    { at: baseline, what: `average ${baseline.toFixed(3)}` },
    { at: score, what: `this row ${score.toFixed(3)}` },
  ];
  const low = Math.min(baseline, ...steps.map(({ to }) => to));
  const high = Math.max(baseline, ...steps.map(({ to }) => to));
  const room = 0.15 * (high - low || 1);
  const x = {
    type: 'quantitative' as const,
    title: measure,
    scale: { domain: [low - room / 3, high + room], nice: false },
  };
  return figure(
    { title, subtitle: subtitle ?? `${marks[0].what}, ${marks[1].what}` },
    {
      data: { values: steps },
      width: 440,
      height: { step: 30 },
      encoding: {
        y: { field: 'label', type: 'nominal', sort: null, title: null },
      },
      layer: [
        {
          data: { values: marks },
          mark: { type: 'rule', strokeDash: [4, 4], color: COLOURS.reference },
          encoding: { x: { ...x, field: 'at' }, y: {} },
        },
        {
          mark: { type: 'bar', height: 18, cornerRadius: 2 },
          encoding: {
            x: { ...x, field: 'from' },
            x2: { field: 'to' },
            color: {
              condition: { test: 'datum.contribution < 0', value: COLOURS.negative },
              value: COLOURS.positive,
            },
            tooltip: [
              { field: 'label', type: 'nominal', title: 'feature' },
              { field: 'contribution', type: 'quantitative', format: '+.4f' },
            ],
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 5, fontSize: 11 },
          encoding: { x: { ...x, field: 'right' }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  );
}

/** The rank of each value among all, between 0 and 1; `null` of those that are no numbers. */
function rankOf(values: readonly number[]): (number | null)[] {
  const sorted = [...new Set(values.filter(Number.isFinite))].sort((a, b) => a - b);
  const rank = new Map(sorted.map((value, i) => [value, sorted.length > 1 ? i / (sorted.length - 1) : 0.5]));
  return values.map((value) => rank.get(value) ?? null);
}

/** Offsets between -1 and 1 that lay dots of about the same position beside each other, from the middle outwards. */
function stacked(positions: readonly number[], width: number): number[] {
  const seen = new Map<number, number>();
  return positions.map((position) => {
    const bin = width > 0 ? Math.round(position / width) : 0;
    const k = seen.get(bin) ?? 0;
    seen.set(bin, k + 1);
    const side = k % 2 === 0 ? 1 : -1;
    return Math.max(-1, Math.min(1, side * Math.ceil(k / 2) * 0.08));
  });
}
