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

/** Draws figures for a page, and for files. */
export async function drawFigures(figures: readonly Figure[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { chart, ...figure } of figures)
    pictures.push({ ...figure, svg: await renderSvg(chart), data: chartData(chart) });
  return pictures;
}

/** Writes each figure as PNG and SVG, drawing the PNGs in threads. */
export async function writePictures(folder: string, pictures: readonly Picture[]): Promise<void> {
  await Promise.all(
    pictures.map(async ({ id, svg }) => {
      await writeFileAtomic(join(folder, `${id}.svg`), svg.toString());
      await writeFileAtomic(join(folder, `${id}.png`), await svgToPngAsync(svg));
    }),
  );
}
