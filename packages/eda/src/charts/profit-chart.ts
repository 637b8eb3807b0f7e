import { requireParameter } from '@churn/core';
import {
  type ChartSpec,
  type ChartTitle,
  figure,
  requireFinite,
  requireSameLength,
  requireSome,
} from './figure.js';
import { COLOURS, PALETTE } from './theme.js';
import { thinCurve } from './thin-curve.js';

/** The expected profit of a campaign by the number of contacts. */
export interface ListProfit {
  /** The numbers of contacted customers, ascending. */
  readonly length: ArrayLike<number>;
  readonly profit: ArrayLike<number>;
  /** The ends of an interval about each profit. */
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface ProfitChartOptions extends ChartTitle {
  /** The chosen number, drawn as a line. */
  readonly chosen?: number;
  /** The unit of the profit, such as a currency. */
  readonly unit?: string;
}

/**
 * The expected profit by the number of contacts, with an interval.
 *
 * @throws `invalid-data` if there are no points, or they are of unequal lengths or not finite; `invalid-parameter` if `chosen` is not a
 * number.
 */
export function profitChart(
  { length, profit, low, high }: ListProfit,
  { title = 'Expected profit by number of contacts', subtitle, chosen, unit }: ProfitChartOptions = {},
): ChartSpec {
  requireSome('profitChart', 'lengths', length);
  for (const [what, numbers] of Object.entries({ length, profit, low, high })) {
    requireSameLength('profitChart', ['lengths', what], length, numbers);
    requireFinite('profitChart', what, numbers);
  }
  requireParameter(chosen === undefined || Number.isFinite(chosen), 'chosen', 'a number', chosen);
  const values = drawnPoints(length, profit).map((i) => ({
    length: length[i],
    profit: profit[i],
    low: low[i],
    high: high[i],
  }));
  const x = {
    field: 'length',
    type: 'quantitative' as const,
    title: 'customers contacted',
    axis: { format: ',~f' },
  };
  const y = {
    field: 'profit',
    type: 'quantitative' as const,
    title: unit === undefined ? 'expected profit' : `expected profit, ${unit}`,
    axis: { format: ',~f' },
  };
  return figure(
    { title, subtitle },
    {
      data: { values },
      width: 560,
      height: 340,
      layer: [
        {
          mark: { type: 'area', opacity: 0.16, color: PALETTE[0] },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values: [{ profit: 0 }] },
          mark: { type: 'rule', color: COLOURS.reference, strokeWidth: 1 },
          encoding: { y },
        },
        ...(chosen === undefined
          ? []
          : [
              {
                data: { values: [{ length: chosen }] },
                mark: { type: 'rule' as const, strokeDash: [4, 4], color: COLOURS.line },
                encoding: { x },
              },
            ]),
        {
          mark: { type: 'line', strokeWidth: 2, color: PALETTE[0] },
          encoding: {
            x,
            y,
            tooltip: [
              { field: 'length', type: 'quantitative', title: 'customers', format: ',~f' },
              { field: 'profit', type: 'quantitative', format: ',.2f' },
              { field: 'low', type: 'quantitative', format: ',.2f' },
              { field: 'high', type: 'quantitative', format: ',.2f' },
            ],
          },
        },
      ],
    },
  );
}

/** The points worth drawing, as of a curve in the unit square. */
function drawnPoints(length: ArrayLike<number>, profit: ArrayLike<number>): number[] {
  const scaled = (values: ArrayLike<number>) => {
    let [least, most] = [values[0], values[0]];
    for (let i = 0; i < values.length; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    return Float64Array.from(values, (value) => (value - least) / (most - least || 1));
  };
  return thinCurve(scaled(length), scaled(profit));
}
