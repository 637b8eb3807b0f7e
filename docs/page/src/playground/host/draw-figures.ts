import { chartData } from '@churn/eda';
import { renderSvg } from '@churn/eda/render';
import type { Picture } from '../../../../../apps/churn/src/figures/draw-figures.js';
import type { Figure } from '../../../../../apps/churn/src/figures/figure.js';

// In place of that of the application, which writes files too.

export async function drawFigures(figures: readonly Figure[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { chart, ...figure } of figures)
    pictures.push({ ...figure, svg: await renderSvg(chart), data: chartData(chart) });
  return pictures;
}
