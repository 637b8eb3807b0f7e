import { join } from 'node:path';
import { type ChartData, chartData } from '@churn/eda';
import { renderSvg, type Svg, svgToPngAsync } from '@churn/eda/render';
import { writeFileAtomic } from '@churn/io';
import type { Figure } from './figure.js';

/** A drawn figure, for a page. */
export type Picture = Pick<Figure, 'id' | 'section' | 'alt' | 'column'> & {
  readonly svg: Svg;
  /** The data of the chart. */
  readonly data: ChartData;
};

/** A drawn figure, for a page and for files. */
export type Drawing = Picture & { readonly png: Uint8Array };

/** Draws figures, with their PNGs rendered on other threads. */
export async function drawFigures(figures: readonly Figure[]): Promise<Drawing[]> {
  const drawings: Promise<Drawing>[] = [];
  for (const { chart, ...figure } of figures) {
    const svg = await renderSvg(chart);
    const data = chartData(chart);
    drawings.push(svgToPngAsync(svg).then((png) => ({ ...figure, svg, data, png })));
  }
  return Promise.all(drawings);
}

/** Draws figures only for a page. */
export async function drawPictures(figures: readonly Figure[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { chart, ...figure } of figures)
    pictures.push({ ...figure, svg: await renderSvg(chart), data: chartData(chart) });
  return pictures;
}

/** Writes each figure as PNG and SVG. */
export async function writeDrawings(folder: string, drawings: readonly Drawing[]): Promise<void> {
  for (const { id, svg, png } of drawings) {
    await writeFileAtomic(join(folder, `${id}.svg`), svg.toString());
    await writeFileAtomic(join(folder, `${id}.png`), png);
  }
}
