import { percent } from '../format.js';
import type { LevelCount } from '../profile/top-levels.js';
import { classColours } from './class-colours.js';
import { type ChartSpec, type ChartTitle, figure, requireFinite, requireSome } from './figure.js';
import { placesOfLargest } from './largest.js';
import { shownName, shownNames } from './shown-names.js';
import { textWidth } from './text-width.js';
import { COLOURS } from './theme.js';

/** No more levels than these get a bar of their own. */
const MAX_LEVELS = 40;
/** Classes up to so many, with names of up to so many pixels, stand side by side. */
const [MAX_COLUMNS, COLUMN_WIDTH] = [8, 150];

interface LevelRow extends LevelCount {
  readonly share: number;
  readonly label: string;
}

/**
 * The class distribution: the number of rows of each class, as columns, or as horizontal bars if names are long or many. The second of
 * two classes is the positive one. If there are more than 40 classes, those with the most rows are shown, and the others combined.
 */
export function classDistributionChart(
  classes: readonly LevelCount[],
  { title = 'Class distribution', subtitle }: ChartTitle = {},
): ChartSpec {
  requireSome('classDistributionChart', 'classes', classes);
  const { levels, note } = boundedLevels('classDistributionChart', classes, 'classes');
  const rows = levelRows(levels);
  const order = rows.map(({ level }) => level);
  const isUpright =
    rows.length <= MAX_COLUMNS && order.every((level) => textWidth(level) <= COLUMN_WIDTH - 15);
  // All others together are no class.
  const own = classes.length > MAX_LEVELS ? order.slice(0, -1) : order;
  const colours = [...classColours(own), COLOURS.reference];
  const nominal = { field: 'level', type: 'nominal' as const, sort: null, title: null };
  const quantitative = {
    field: 'rows',
    type: 'quantitative' as const,
    title: 'rows',
    axis: { tickMinStep: 1 },
  };
  const most = Math.max(...rows.map((row) => row.rows)) || 1;
  return figure(
    { title, subtitle, note },
    {
      data: { values: rows },
      ...(isUpright
        ? {
            width: Math.max(260, COLUMN_WIDTH * rows.length),
            height: 300,
            encoding: { x: { ...nominal, axis: { labelAngle: 0 } }, y: quantitative },
          }
        : {
            width: 420,
            height: { step: 32 },
            encoding: { x: { ...quantitative, scale: { domainMax: 1.25 * most } }, y: nominal },
          }),
      layer: [
        {
          mark: { type: 'bar', cornerRadiusEnd: 2, ...(isUpright && { width: 90 }) },
          encoding: {
            color: {
              field: 'level',
              type: 'nominal',
              scale: { domain: order, range: colours.slice(0, order.length) },
              legend: null,
            },
            tooltip: levelTooltip('class'),
          },
        },
        {
          mark: { type: 'text', fontSize: 12, ...(isUpright ? { dy: -8 } : { align: 'left', dx: 6 }) },
          encoding: { text: { field: 'label', type: 'nominal' } },
        },
      ],
    },
  );
}

export interface LevelShareOptions extends ChartTitle {
  /** The number of rows with a level, if `levels` are only the most frequent: the others share a bar. */
  readonly totalRows?: number;
}

/**
 * The share of rows of each level of a column as bars, the most frequent first. If there are more than 40 levels, the most frequent are
 * shown, and the others combined.
 */
export function levelShareChart(
  name: string,
  levels: readonly LevelCount[],
  { title = `${shownName(name)}: share of rows`, subtitle, totalRows }: LevelShareOptions = {},
): ChartSpec {
  requireSome('levelShareChart', `levels of "${name}"`, levels);
  const sorted = [...levels].sort((a, b) => b.rows - a.rows);
  const bounded = boundedLevels('levelShareChart', sorted, 'levels', totalRows);
  const rows = levelRows(bounded.levels);
  return figure(
    { title, subtitle, note: bounded.note },
    {
      data: { values: rows },
      width: 420,
      height: { step: 32 },
      encoding: {
        y: { field: 'level', type: 'nominal', sort: null, title: null },
        x: {
          field: 'share',
          type: 'quantitative',
          title: 'share of rows',
          axis: { format: '%' },
          scale: { domainMax: 1.15 * (Math.max(...rows.map(({ share }) => share)) || 1) },
        },
      },
      layer: [
        {
          mark: { type: 'bar', color: COLOURS.negative, cornerRadiusEnd: 2 },
          encoding: { tooltip: levelTooltip('level') },
        },
        {
          mark: { type: 'text', align: 'left', dx: 6, fontSize: 11 },
          encoding: { text: { field: 'label', type: 'nominal' } },
        },
      ],
    },
  );
}

/** The levels that are drawn: up to 40 of the most rows, and all others as one. */
function boundedLevels(
  chart: string,
  levels: readonly LevelCount[],
  what: string,
  totalRows = 0,
): { readonly levels: readonly LevelCount[]; readonly note?: string } {
  const counts = levels.map(({ rows }) => rows);
  requireFinite(chart, `rows of ${what}`, counts);
  const kept = placesOfLargest(counts, MAX_LEVELS).map((place) => levels[place]);
  const given = counts.reduce((sum, rows) => sum + rows, 0);
  const drawn = kept.reduce((sum, { rows }) => sum + rows, 0);
  const left = levels.length - kept.length;
  const others = Math.max(totalRows, given) - drawn;
  if (others <= 0 && left === 0) return { levels: kept };
  const isCounted = totalRows <= given;
  const level = isCounted ? `${left.toLocaleString('en')} other ${what}` : `all other ${what}`;
  return {
    levels: [...kept, { level, rows: others }],
    ...(left > 0 && {
      note: `the ${kept.length} with the most rows, and ${left.toLocaleString('en')} others combined`,
    }),
  };
}

function levelRows(levels: readonly LevelCount[]): LevelRow[] {
  const total = levels.reduce((sum, { rows }) => sum + rows, 0);
  const names = shownNames(levels.map(({ level }) => level));
  return levels.map(({ rows }, i) => {
    const share = total > 0 ? rows / total : 0;
    const label = `${rows.toLocaleString('en')} (${percent(share)})`;
    return { level: names[i], rows, share, label };
  });
}

function levelTooltip(title: string) {
  return [
    { field: 'level', type: 'nominal' as const, title },
    { field: 'rows', type: 'quantitative' as const, title: 'rows', format: ',' },
    { field: 'share', type: 'quantitative' as const, title: 'share', format: '.1%' },
  ];
}
