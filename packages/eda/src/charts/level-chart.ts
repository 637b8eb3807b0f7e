import type { LevelCount } from '../profile/top-levels.js';
import { classColours } from './class-colours.js';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { COLOURS } from './theme.js';

interface LevelRow extends LevelCount {
  readonly share: number;
  readonly label: string;
}

/** How many rows each class has, as columns. Of two classes the second is the positive one. */
export function classDistributionChart(
  classes: readonly LevelCount[],
  { title = 'Rows by class', subtitle }: ChartTitle = {},
): ChartSpec {
  requireSome('classDistributionChart', 'classes', classes);
  const order = classes.map(({ level }) => level);
  const x = { field: 'level', type: 'nominal' as const, sort: null, title: null, axis: { labelAngle: 0 } };
  const y = { field: 'rows', type: 'quantitative' as const, title: 'rows' };
  return figure(
    { title, subtitle },
    {
      data: { values: levelRows(classes) },
      width: Math.max(260, 150 * classes.length),
      height: 300,
      encoding: { x, y },
      layer: [
        {
          mark: { type: 'bar', width: 90, cornerRadiusEnd: 2 },
          encoding: {
            color: {
              field: 'level',
              type: 'nominal',
              scale: { domain: order, range: classColours(order) },
              legend: null,
            },
            tooltip: levelTooltip('class'),
          },
        },
        {
          mark: { type: 'text', dy: -8, fontSize: 12 },
          encoding: { text: { field: 'label', type: 'nominal' } },
        },
      ],
    },
  );
}

export interface LevelShareOptions extends ChartTitle {
  /** All rows that have a level, where `levels` are the most frequent alone: the others get a bar together. */
  readonly totalRows?: number;
}

/** The share of rows of each level of a column, as bars, the most frequent first. */
export function levelShareChart(
  name: string,
  levels: readonly LevelCount[],
  { title = `${name}: share of rows`, subtitle, totalRows }: LevelShareOptions = {},
): ChartSpec {
  requireSome('levelShareChart', `levels of "${name}"`, levels);
  const others = (totalRows ?? 0) - levels.reduce((sum, each) => sum + each.rows, 0);
  const all = others > 0 ? [...levels, { level: 'all other levels', rows: others }] : levels;
  const rows = levelRows(all).sort((a, b) => b.rows - a.rows);
  return figure(
    { title, subtitle },
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
          scale: { domainMax: 1.15 * (rows[0].share || 1) },
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

function levelRows(levels: readonly LevelCount[]): LevelRow[] {
  const total = levels.reduce((sum, { rows }) => sum + rows, 0);
  return levels.map(({ level, rows }) => {
    const share = total > 0 ? rows / total : 0;
    return { level, rows, share, label: `${rows.toLocaleString('en')} (${(100 * share).toFixed(1)} %)` };
  });
}

function levelTooltip(title: string) {
  return [
    { field: 'level', type: 'nominal' as const, title },
    { field: 'rows', type: 'quantitative' as const, title: 'rows', format: ',' },
    { field: 'share', type: 'quantitative' as const, title: 'share', format: '.1%' },
  ];
}
