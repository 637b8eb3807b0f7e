import { join } from 'node:path';
import { renderSvg, svgToPng } from '@churn/eda/render';
import { writeFileAtomic } from '@churn/io';
import type { Figures } from './eda-figures.js';

/** Draws figures and writes each as PNG and SVG. */
export async function writeFigures(folder: string, figures: Figures): Promise<void> {
  for (const [name, chart] of figures) {
    const svg = await renderSvg(chart);
    await writeFileAtomic(join(folder, `${name}.svg`), svg);
    await writeFileAtomic(join(folder, `${name}.png`), svgToPng(svg));
  }
}
