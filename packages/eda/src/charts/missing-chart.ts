import { requireParameter, type Table } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { SEQUENTIAL } from './theme.js';

export interface MissingChartOptions extends ChartTitle {
  /** Into how many blocks the rows are put. Default 60. */
  readonly maxBlocks?: number;
}

/**
 * Where values are missing: the share in each block of consecutive rows, column by column. Gaps that come together, or begin at
 * some row, show as stripes.
 */
export function missingChart(
  x: Table,
  {
    title = 'Missing values',
    subtitle = 'share of rows without a value, rows in the order of the data',
    maxBlocks = 60,
  }: MissingChartOptions = {},
): ChartSpec {
  requireParameter(
    Number.isInteger(maxBlocks) && maxBlocks >= 1,
    'maxBlocks',
    'a whole number from 1',
    maxBlocks,
  );
  requireSome('missingChart', 'rows', { length: x.names.length > 0 ? x.nRows : 0 });
  const nBlocks = Math.min(maxBlocks, x.nRows);
  const start = (block: number) => Math.floor((block * x.nRows) / nBlocks);
  const cells = Array.from(x.entries(), ([name, column]) => {
    const isMissing = (row: number) =>
      column.kind === 'numeric' ? Number.isNaN(column.values[row]) : column.codes[row] < 0;
    return Array.from({ length: nBlocks }, (_, block) => {
      let missing = 0;
      for (let row = start(block); row < start(block + 1); row++) if (isMissing(row)) missing++;
      const rows = start(block + 1) - start(block);
      return { name, from: start(block), to: start(block + 1), share: missing / rows };
    });
  }).flat();
  return figure(
    { title, subtitle },
    {
      data: { values: cells },
      width: 560,
      height: { step: 20 },
      mark: { type: 'rect' },
      encoding: {
        x: {
          field: 'from',
          type: 'quantitative',
          bin: { binned: true },
          title: 'row',
          scale: { nice: false },
          axis: { grid: false, format: 'd' },
        },
        x2: { field: 'to' },
        y: {
          field: 'name',
          type: 'nominal',
          sort: null,
          title: null,
          axis: { domain: false, ticks: false },
        },
        color: {
          field: 'share',
          type: 'quantitative',
          title: null,
          scale: { domain: [0, 1], range: [...SEQUENTIAL] },
          legend: { format: '%' },
        },
        tooltip: [
          { field: 'name', type: 'nominal', title: 'column' },
          { field: 'from', type: 'quantitative', title: 'from row' },
          { field: 'share', type: 'quantitative', title: 'missing', format: '.1%' },
        ],
      },
    },
  );
}
