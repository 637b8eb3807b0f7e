import { requireParameter } from '@churn/core';
import {
  type ChartSpec,
  type ChartTitle,
  figure,
  requireFinite,
  requireSameLength,
  requireSome,
} from './figure.js';
import { shownName, shownNames } from './shown-names.js';
import { COLOURS, DIVERGING } from './theme.js';

/** The contributions of a feature to the scores of rows, with its values. */
export interface FeatureContributions {
  readonly feature: string;
  readonly contributions: ArrayLike<number>;
  /** `NaN` if it has no value, or none that is a number. */
  readonly values: ArrayLike<number>;
}

export interface BeeswarmOptions extends ChartTitle {
  /** The number of features to show, those with the largest mean contribution. At least 1. Default 15. */
  readonly top?: number;
  /** The maximum number of rows to show, evenly sampled. At least 1. Default 200. */
  readonly maxRows?: number;
  /** The unit of the contributions. Default `contribution to the score`. */
  readonly measure?: string;
}

/** Of more dots than these none carries a text for those who cannot see it: it would be most of the picture. */
const MAX_DESCRIBED = 1500;

/**
 * A beeswarm plot of SHAP values: one dot per row and feature, at the feature's contribution to the row's score; the colour shows whether
 * its value is low or high. Overlapping dots are stacked. Omitted features and rows are noted.
 *
 * @throws `invalid-data` if there is nothing to draw, if arrays differ in length, or a contribution is not a finite number;
 * `invalid-parameter` for `top` and `maxRows`.
 */
export function beeswarmChart(
  features: readonly FeatureContributions[],
  {
    title = 'Feature contributions (SHAP)',
    subtitle = 'one dot per row; blue: low value, orange: high value',
    top = 15,
    maxRows = 200,
    measure = 'contribution to the score',
  }: BeeswarmOptions = {},
): ChartSpec {
  requireSome('beeswarmChart', 'features', features);
  requireParameter(Number.isInteger(top) && top >= 1, 'top', 'an integer of at least 1', top);
  requireParameter(Number.isInteger(maxRows) && maxRows >= 1, 'maxRows', 'an integer of at least 1', maxRows);
  const n = features[0].contributions.length;
  for (const { feature, contributions, values } of features) {
    const what = `contributions of "${shownName(feature)}"`;
    requireSameLength('beeswarmChart', [what, 'values'], contributions, values);
    requireSameLength('beeswarmChart', [what, 'rows'], contributions, { length: n });
    requireFinite('beeswarmChart', what, contributions);
  }
  requireSome('beeswarmChart', 'rows', features[0].contributions);
  const sizes = features.map(({ contributions }) =>
    Array.from(contributions).reduce((sum, value) => sum + Math.abs(value), 0),
  );
  const shown = features
    .map((_, place) => place)
    .sort((a, b) => sizes[b] - sizes[a])
    .slice(0, top)
    .map((place) => features[place]);
  const names = shownNames(shown.map(({ feature }) => feature));
  const nRows = Math.min(n, maxRows);
  const rows = Array.from({ length: nRows }, (_, i) => Math.floor((i * n) / nRows));
  let reach = 0;
  for (const { contributions } of shown)
    for (const row of rows) reach = Math.max(reach, Math.abs(contributions[row]));
  const dots = shown.flatMap(({ contributions, values }, k) => {
    const rank = rankOf(rows.map((row) => values[row]));
    const offset = stacked(
      rows.map((row) => contributions[row]),
      (2 * reach) / 150,
    );
    return rows.map((row, i) => ({
      feature: names[k],
      contribution: contributions[row],
      value: Number.isFinite(values[row]) ? values[row] : null,
      rank: rank[i],
      offset: offset[i],
    }));
  });
  const left = [
    ...(shown.length < features.length ? [`the first ${shown.length} of ${features.length} features`] : []),
    ...(nRows < n ? [`${nRows.toLocaleString('en')} of ${n.toLocaleString('en')} rows`] : []),
  ];
  return figure(
    { title, subtitle, note: left.length > 0 ? left.join(', ') : undefined },
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
          mark: {
            type: 'circle',
            size: 14,
            opacity: 0.75,
            invalid: null,
            ...(dots.length > MAX_DESCRIBED && { aria: false }),
          },
          encoding: {
            x: { field: 'contribution', type: 'quantitative', title: measure },
            y: { field: 'feature', type: 'nominal', sort: null, title: null },
            yOffset: { field: 'offset', type: 'quantitative', scale: { domain: [-1, 1] } },
            color: {
              // Before the field, whose scale would give what has no rank the colour of the lowest.
              condition: { test: '!isValid(datum.rank)', value: COLOURS.reference },
              field: 'rank',
              type: 'quantitative',
              title: 'value',
              scale: { domain: [0, 1], range: [DIVERGING[0], '#bbbbbb', DIVERGING[4]] },
              legend: { labelExpr: "datum.value == 0 ? 'low' : 'high'", values: [0, 1] },
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

/** The contribution of a feature to the score of one row. */
export interface Contribution {
  /** The feature, optionally with its value. */
  readonly label: string;
  readonly contribution: number;
}

export interface WaterfallOptions extends ChartTitle {
  /** The score without any contributions: that of an average row. */
  readonly baseline: number;
  /** The number of contributions to show separately; the rest is combined. At least 1. Default 10. */
  readonly top?: number;
  /** The unit of the score. Default `score`. */
  readonly measure?: string;
}

/**
 * A waterfall chart of one row's score: from that of an average row, one contribution after another, the largest first.
 *
 * @throws `invalid-data` if there is no contribution, or one is not a finite number; `invalid-parameter` for `baseline` and `top`.
 */
export function waterfallChart(
  contributions: readonly Contribution[],
  {
    title = 'Contributions to this score',
    subtitle,
    baseline,
    top = 10,
    measure = 'score',
  }: WaterfallOptions,
): ChartSpec {
  requireSome('waterfallChart', 'contributions', contributions);
  requireParameter(Number.isInteger(top) && top >= 1, 'top', 'an integer of at least 1', top);
  requireParameter(Number.isFinite(baseline), 'baseline', 'a finite number', baseline);
  requireFinite(
    'waterfallChart',
    'contributions',
    contributions.map(({ contribution }) => contribution),
  );
  const sorted = [...contributions].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const rest = sorted.slice(top);
  const shown = sorted.slice(0, top);
  if (rest.length > 0) {
    const contribution = rest.reduce((sum, each) => sum + each.contribution, 0);
    shown.push({ label: `${rest.length} others`, contribution });
  }
  let score = baseline;
  const names = shownNames(shown.map(({ label }) => label));
  const steps = shown.map(({ contribution }, order) => {
    const from = score;
    score += contribution;
    const text = `${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toFixed(3)}`;
    return { label: names[order], from, to: score, contribution, text };
  });
  const marks = [
    { at: baseline, what: `average row ${baseline.toFixed(3)}` },
    { at: score, what: `this row ${score.toFixed(3)}` },
  ];
  const low = steps.reduce((least, { to }) => Math.min(least, to), baseline);
  const high = steps.reduce((most, { to }) => Math.max(most, to), baseline);
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
          // In a column of their own, where no line crosses them.
          encoding: { x: { ...x, datum: high }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  );
}

/** The rank of each value among all, between 0 and 1; `null` of those that are not numbers. */
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
