import type { TopLevelSpec } from 'vega-lite';

/**
 * Colours that people with any colour vision can distinguish, in an order that neighbours differ in lightness too.
 *
 * Source: Okabe and Ito, "Color universal design", 2008.
 */
export const PALETTE = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'] as const;

/** What each thing is drawn in, the same in every figure. */
export const COLOURS = {
  negative: '#0072B2',
  positive: '#D55E00',
  neutral: '#56B4E9',
  line: '#333333',
  reference: '#888888',
} as const;

/** From strongly negative over nothing to strongly positive. */
export const DIVERGING = ['#0072B2', '#7fb8d8', '#f7f7f7', '#eaae7f', '#D55E00'] as const;

/** From nothing to much. */
export const SEQUENTIAL = ['#f4f8fb', '#a6cee3', '#5aa2cf', '#0072B2', '#00446b'] as const;

const FONT = 'DejaVu Sans, Verdana, sans-serif';

/** The look that all figures share. */
export const theme = {
  background: '#ffffff',
  padding: 16,
  config: {
    font: FONT,
    title: {
      anchor: 'start',
      fontSize: 16,
      fontWeight: 600,
      subtitleFontSize: 12,
      subtitleColor: '#555',
      subtitlePadding: 6,
      offset: 14,
    },
    axis: {
      labelFontSize: 11,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      titlePadding: 10,
      labelPadding: 4,
      labelLimit: 0,
      // Under its tick: the first and the last would move towards their neighbours.
      labelFlush: false,
      // Room for labels of any length between the axis and its title.
      maxExtent: 10_000,
      gridColor: '#e6e6e6',
      domainColor: '#999',
      tickColor: '#999',
    },
    legend: {
      labelFontSize: 11,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      labelLimit: 0,
      symbolSize: 120,
    },
    header: { labelFontSize: 12, labelLimit: 0, titleFontSize: 12 },
    view: { stroke: null },
    range: { category: [...PALETTE] },
  },
} as const satisfies Partial<TopLevelSpec>;
