import { type Column, requireParameter, type Table } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { placesOfLargest } from './largest.js';
import { shownNames } from './shown-names.js';
import { SEQUENTIAL } from './theme.js';

export interface MissingChartOptions extends ChartTitle {
  /** The maximum number of blocks of rows. At least 1. Default 60. */
  readonly maxBlocks?: number;
  /** The maximum number of columns to show, those with the most missing values. At least 1. Default 50. */
  readonly maxColumns?: number;
}

/** Of more cells than these none carries a text for those who cannot see it: it would be most of the picture. */
const MAX_DESCRIBED = 1500;

/** Consecutive rows of a column, of which the same share is missing throughout. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** To a thousandth. */
  readonly share: number;
}

/**
 * Missing values: their share in each block of consecutive rows, by column. Values that are missing together, or from some row on, show
 * as stripes. Only the `maxColumns` columns with the most missing values are shown, with a note.
 *
 * @throws `invalid-data` if there are no rows or columns; `invalid-parameter` for `maxBlocks` and `maxColumns`.
 */
export function missingChart(
  x: Table,
  {
    title = 'Missing values',
    subtitle = 'share of missing values, rows in data order',
    maxBlocks = 60,
    maxColumns = 50,
  }: MissingChartOptions = {},
): ChartSpec {
  for (const [name, value] of Object.entries({ maxBlocks, maxColumns }))
    requireParameter(Number.isInteger(value) && value >= 1, name, 'an integer of at least 1', value);
  requireSome('missingChart', 'rows', { length: x.names.length > 0 ? x.nRows : 0 });
  const columns = Array.from(x.entries(), ([name, column]) => {
    const { stretches, missing } = stretchesOf(column, x.nRows, Math.min(maxBlocks, x.nRows));
    return { name, stretches, missing };
  });
  const places = placesOfLargest(
    columns.map(({ missing }) => missing),
    maxColumns,
  );
  const names = shownNames(places.map((place) => columns[place].name));
  const cells = places.flatMap((place, i) =>
    columns[place].stretches.map((stretch) => ({ name: names[i], ...stretch })),
  );
  const left = columns.filter((_, place) => !places.includes(place));
  const complete = left.filter(({ missing }) => missing === 0).length;
  const note =
    left.length > 0
      ? `the ${places.length} columns with the most missing values, and ${left.length.toLocaleString('en')} others not shown, ` +
        `${complete.toLocaleString('en')} of them complete`
      : columns.every(({ missing }) => missing === 0)
        ? 'missing is missing'
        : undefined;
  return figure(
    { title, subtitle, note },
    {
      data: { values: cells },
      width: 560,
      height: { step: 20 },
      mark: { type: 'rect', ...(cells.length > MAX_DESCRIBED && { aria: false }) },
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
          { field: 'from', type: 'quantitative', title: 'from row', format: ',' },
          { field: 'to', type: 'quantitative', title: 'to row', format: ',' },
          { field: 'share', type: 'quantitative', title: 'missing', format: '.1%' },
        ],
      },
    },
  );
}

/** The share that is missing in blocks of rows; neighbours of the same share are one. */
function stretchesOf(
  column: Column,
  nRows: number,
  nBlocks: number,
): { stretches: Stretch[]; missing: number } {
  const gapsIn = column.kind === 'numeric' ? gapsOfNumbers(column.values) : gapsOfCodes(column.codes);
  const stretches: Stretch[] = [];
  let missing = 0;
  for (let block = 0; block < nBlocks; block++) {
    const from = Math.floor((block * nRows) / nBlocks);
    const to = Math.floor(((block + 1) * nRows) / nBlocks);
    const gaps = gapsIn(from, to);
    missing += gaps;
    // A gap among many rows is still one: a share of none stays that of no gap alone.
    const share = gaps === 0 ? 0 : Math.max(0.001, Math.round((1000 * gaps) / (to - from)) / 1000);
    const last = stretches.at(-1);
    if (last?.share === share) stretches[stretches.length - 1] = { ...last, to };
    else stretches.push({ from, to, share });
  }
  return { stretches, missing };
}

function gapsOfNumbers(values: Float64Array) {
  return (from: number, to: number): number => {
    let gaps = 0;
    for (let row = from; row < to; row++) if (Number.isNaN(values[row])) gaps++;
    return gaps;
  };
}

function gapsOfCodes(codes: Int32Array) {
  return (from: number, to: number): number => {
    let gaps = 0;
    for (let row = from; row < to; row++) if (codes[row] < 0) gaps++;
    return gaps;
  };
}
