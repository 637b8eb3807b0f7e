import { type ChartData, chartData } from '@churn/eda';
import { renderSvg, type Svg } from '@churn/eda/render';
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
