import { join } from 'node:path';
import { renderSvg, svgToPng } from '@churn/eda/render';
import { writeFileAtomic } from '@churn/io';
import type { Figures } from './eda-figures.js';

/** Draws figures, writes each as PNG and SVG, and gives the latter by the names of the figures. */
export async function writeFigures(folder: string, figures: Figures): Promise<Map<string, string>> {
  const pictures = new Map<string, string>();
  for (const [name, chart] of figures) {
    const svg = await renderSvg(chart);
    await writeFileAtomic(join(folder, `${name}.svg`), svg);
    await writeFileAtomic(join(folder, `${name}.png`), svgToPng(svg));
    pictures.set(name, svg);
  }
  return pictures;
}
