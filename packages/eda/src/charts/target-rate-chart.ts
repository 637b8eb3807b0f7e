import type { RateBin, TargetRelation } from '../profile/target-relation.js';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { COLOURS } from './theme.js';

export interface TargetRateOptions extends ChartTitle {
  /** The rate of all rows, drawn as a line. */
  readonly rate?: number;
  /** What the rate is of. Default `positive class`. */
  readonly positive?: string;
}

/** The share of positive rows in each level or range of a column, with 95 % Wilson intervals. */
export function targetRateChart(
  { name, bins }: TargetRelation,
  {
    positive = 'positive class',
    title = `${name}: share of ${positive}`,
    subtitle = 'with 95 % intervals; the dashed line is the share of all rows',
    rate,
  }: TargetRateOptions = {},
): ChartSpec {
  requireSome('targetRateChart', `levels or ranges of "${name}"`, bins);
  const rows = bins.map((bin) => ({
    label: labelOf(bin),
    rate: bin.rate,
    low: bin.interval[0],
    high: bin.interval[1],
    rows: bin.rows,
  }));
  return figure(
    { title, ...(rate !== undefined && { subtitle }) },
    {
      data: { values: rows },
      width: 420,
      height: { step: 30 },
      encoding: {
        y: { field: 'label', type: 'nominal', sort: null, title: null },
        x: { type: 'quantitative', axis: { format: '%' }, title: `share of ${positive}` },
        tooltip: [
          { field: 'label', type: 'nominal', title: name },
          { field: 'rate', type: 'quantitative', title: 'share', format: '.1%' },
          { field: 'low', type: 'quantitative', title: 'from', format: '.1%' },
          { field: 'high', type: 'quantitative', title: 'to', format: '.1%' },
          { field: 'rows', type: 'quantitative', title: 'rows', format: ',' },
        ],
      },
      layer: [
        ...(rate === undefined
          ? []
          : [
              {
                data: { values: [{ rate }] },
                mark: { type: 'rule' as const, strokeDash: [4, 4], color: COLOURS.reference },
                encoding: { x: { field: 'rate', type: 'quantitative' as const }, y: {}, tooltip: null },
              },
            ]),
        {
          mark: { type: 'rule', color: COLOURS.positive, strokeWidth: 2 },
          encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        },
        {
          mark: { type: 'circle', color: COLOURS.positive, size: 90, opacity: 1 },
          encoding: { x: { field: 'rate', type: 'quantitative' } },
        },
      ],
    },
  );
}

function labelOf({ kind, level, from, to }: RateBin): string {
  if (kind === 'level') return level;
  if (kind === 'other') return 'all other levels';
  if (kind === 'missing') return 'no value';
  if (from === to) return String(from);
  return `${from === null ? '-∞' : round(from)} to ${to === null ? '∞' : round(to)}`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}
