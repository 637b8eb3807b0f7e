import { writeFile } from 'node:fs/promises';
import { COLOURS } from '@churn/eda';
import { renderPng } from '@churn/eda/render';

/** The seconds of a task at a size, ours and those of the fastest peer. */
export interface GrowthPoint {
  readonly what: string;
  readonly rows: number;
  readonly threads: number;
  readonly ours: number;
  readonly fastest: number;
}

/** Draws seconds against rows, with a panel per task measured at several sizes, for the largest number of threads. */
export async function drawGrowth(file: string, points: readonly GrowthPoint[]): Promise<void> {
  const threads = Math.max(...points.map((point) => point.threads));
  const drawn = points.filter((point) => point.threads === threads);
  const names = ['churn', 'fastest peer'];
  const whats = [...new Set(drawn.map(({ what }) => what))].filter(
    (what) => drawn.filter((point) => point.what === what).length > 1,
  );
  const scale = (title: string) => ({
    type: 'quantitative' as const,
    scale: { type: 'log' as const, nice: false },
    title,
  });
  const values = drawn
    .filter(({ what }) => whats.includes(what))
    .flatMap(({ what, rows, ours, fastest }) => [
      { what, rows, seconds: ours, who: names[0] },
      { what, rows, seconds: fastest, who: names[1] },
    ]);
  const picture = await renderPng({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: '#ffffff',
    padding: 16,
    config: { font: 'DejaVu Sans, Verdana, sans-serif', axis: { gridColor: '#e6e6e6' } },
    data: { values },
    facet: { field: 'what', type: 'nominal', sort: whats, title: null },
    columns: 4,
    resolve: { scale: { y: 'independent' } },
    spec: {
      width: 170,
      height: 150,
      mark: { type: 'line', point: true, strokeWidth: 2 },
      encoding: {
        x: { field: 'rows', ...scale('rows'), axis: { format: '~s', values: [1e4, 1e5, 1e6] } },
        y: { field: 'seconds', ...scale('seconds'), axis: { format: '~g', tickCount: 4 } },
        color: {
          field: 'who',
          type: 'nominal',
          title: null,
          scale: { domain: names, range: [COLOURS.negative, COLOURS.reference] },
          legend: { orient: 'top' },
        },
      },
    },
  });
  await writeFile(file, picture);
}
