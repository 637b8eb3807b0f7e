import { requireParameter } from '@churn/core';
import type { CorrelationMatrix } from '../profile/table-profile.js';
import {
  type ChartSpec,
  type ChartTitle,
  figure,
  othersNote,
  requireSameLength,
  requireSome,
} from './figure.js';
import { placesOfLargest } from './largest.js';
import { shownNames } from './shown-names.js';
import { DIVERGING } from './theme.js';

export interface CorrelationChartOptions extends ChartTitle {
  /** The maximum number of columns to show, those with the strongest correlations. At least 1. Default 50. */
  readonly maxColumns?: number;
}

/** Of more columns than these the figures in the cells would overlap, and their texts would be most of the picture. */
const MAX_ANNOTATED = 30;

/**
 * A correlation matrix as an annotated heat map, from -1 to 1; undefined correlations are left empty. With more than 30 columns, only
 * colours are shown; with more than `maxColumns`, only the columns with the strongest correlations, with a note.
 *
 * @throws `invalid-data` if there are no columns, or not as many rows of values; `invalid-parameter` for `maxColumns`.
 */
export function correlationChart(
  { columns, values }: CorrelationMatrix,
  {
    title = 'Correlations',
    subtitle = 'Pearson, between -1 and 1',
    maxColumns = 50,
  }: CorrelationChartOptions = {},
): ChartSpec {
  requireSome('correlationChart', 'columns', columns);
  requireSameLength('correlationChart', ['columns', 'rows of values'], columns, values);
  requireParameter(
    Number.isInteger(maxColumns) && maxColumns >= 1,
    'maxColumns',
    'an integer of at least 1',
    maxColumns,
  );
  const strongest = values.map((row, i) =>
    row.reduce<number>((most, value, j) => (i === j ? most : Math.max(most, Math.abs(value ?? 0))), 0),
  );
  const places = placesOfLargest(strongest, maxColumns);
  const names = shownNames(places.map((place) => columns[place]));
  const cells = places.flatMap((row, i) =>
    places
      .map((column, j) => ({ row: names[i], column: names[j], value: values[row][column] }))
      .filter(({ value }) => value !== null),
  );
  const note = othersNote(
    `the ${places.length} columns with the strongest correlations`,
    columns.length - places.length,
  );
  const isAnnotated = places.length <= MAX_ANNOTATED;
  const size = isAnnotated ? 38 : Math.max(12, Math.floor(1100 / places.length));
  const axis = { type: 'nominal' as const, sort: null, title: null };
  return figure(
    { title, subtitle, note },
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
          mark: { type: 'rect', stroke: 'white', strokeWidth: 1, ...(!isAnnotated && { aria: false }) },
          encoding: {
            color: {
              field: 'value',
              type: 'quantitative',
              title: null,
              scale: { domain: [-1, 1], range: [...DIVERGING], interpolate: 'rgb' },
              legend: { gradientLength: Math.min(300, Math.max(60, size * places.length)) },
            },
            tooltip: [
              { field: 'row', type: 'nominal', title: 'one' },
              { field: 'column', type: 'nominal', title: 'other' },
              { field: 'value', type: 'quantitative', title: 'correlation', format: '.3f' },
            ],
          },
        },
        ...(isAnnotated
          ? [
              {
                // The cell below tells the same.
                mark: { type: 'text' as const, fontSize: 10, aria: false },
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
