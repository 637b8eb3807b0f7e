import type { CorrelationMatrix } from '../profile/profile.js';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { DIVERGING } from './theme.js';

/** Correlations of pairs of columns as an annotated map, from -1 to 1; one that is not defined stays empty. */
export function correlationChart(
  { columns, values }: CorrelationMatrix,
  { title = 'Correlations', subtitle = 'Pearson, between -1 and 1' }: ChartTitle = {},
): ChartSpec {
  requireSome('correlationChart', 'columns', columns);
  const cells = columns.flatMap((row, i) =>
    columns.map((column, j) => ({ row, column, value: values[i][j] })).filter(({ value }) => value !== null),
  );
  // Beyond about thirty columns figures would overlap; the colours alone remain.
  const size = columns.length <= 30 ? 38 : Math.max(8, Math.floor(1100 / columns.length));
  const axis = { type: 'nominal' as const, sort: null, title: null };
  return figure(
    { title, subtitle },
    {
      data: { values: cells },
      width: { step: size },
      height: { step: size },
      encoding: {
        x: { ...axis, field: 'column', axis: { labelAngle: -45, domain: false, ticks: false } },
        y: { ...axis, field: 'row', axis: { domain: false, ticks: false } },
      },
      layer: [
        {
          mark: { type: 'rect', stroke: 'white', strokeWidth: 1 },
          encoding: {
            color: {
              field: 'value',
              type: 'quantitative',
              title: null,
              scale: { domain: [-1, 1], range: [...DIVERGING], interpolate: 'rgb' },
              legend: { gradientLength: Math.min(300, Math.max(60, size * columns.length)) },
            },
            tooltip: [
              { field: 'row', type: 'nominal', title: 'one' },
              { field: 'column', type: 'nominal', title: 'other' },
              { field: 'value', type: 'quantitative', title: 'correlation', format: '.3f' },
            ],
          },
        },
        ...(size >= 38
          ? [
              {
                mark: { type: 'text' as const, fontSize: 10 },
                encoding: {
                  text: { field: 'value', type: 'quantitative' as const, format: '.2f' },
                  color: {
                    condition: { test: 'abs(datum.value) > 0.75', value: 'white' },
                    value: '#222',
                  },
                },
              },
            ]
          : []),
      ],
    },
  );
}
