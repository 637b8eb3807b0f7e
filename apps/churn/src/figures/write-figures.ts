import { join } from 'node:path';
import { renderSvg, svgToPngAsync } from '@churn/eda/render';
import { writeFileAtomic } from '@churn/io';
import type { Figures } from './eda-figures.js';

/** Draws figures, writes each as PNG and SVG, and gives the latter by the names of the figures. */
export async function writeFigures(folder: string, figures: Figures): Promise<Map<string, string>> {
  const pictures = new Map<string, string>();
  const drawn: Promise<void>[] = [];
  for (const [name, chart] of figures) {
    const svg = await renderSvg(chart);
    await writeFileAtomic(join(folder, `${name}.svg`), svg);
    // On a thread of its own, while the next figure is made.
    drawn.push(svgToPngAsync(svg).then((png) => writeFileAtomic(join(folder, `${name}.png`), png)));
    pictures.set(name, svg);
  }
  await Promise.all(drawn);
  return pictures;
}
