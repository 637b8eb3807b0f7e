import { chartData } from '@churn/eda';
import { renderSvg } from '@churn/eda/render';
import type { Drawing, Picture } from '../../../../../apps/churn/src/figures/draw-figures.js';
import type { Figure } from '../../../../../apps/churn/src/figures/figure.js';

// In place of that of the application, which draws PNGs too.

export async function drawPictures(figures: readonly Figure[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { chart, ...figure } of figures)
    pictures.push({ ...figure, svg: await renderSvg(chart), data: chartData(chart) });
  return pictures;
}

export async function drawFigures(figures: readonly Figure[]): Promise<Drawing[]> {
  const pictures = await drawPictures(figures);
  return pictures.map((picture) => ({ ...picture, png: new Uint8Array() }));
}
