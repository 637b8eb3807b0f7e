import { join } from 'node:path';
import { renderSvg, type Svg, svgToPngAsync } from '@churn/eda/render';
import { writeFileAtomic } from '@churn/io';
import type { Figures } from './eda-figures.js';

/** A figure that is drawn. */
export interface Drawing {
  readonly name: string;
  readonly svg: Svg;
  readonly png: Uint8Array;
}

/** Draws figures, their PNGs on threads of their own while the next are made. */
export async function drawFigures(figures: Figures): Promise<Drawing[]> {
  const drawings: Promise<Drawing>[] = [];
  for (const [name, chart] of figures) {
    const svg = await renderSvg(chart);
    drawings.push(svgToPngAsync(svg).then((png) => ({ name, svg, png })));
  }
  return Promise.all(drawings);
}

/** Writes each figure as PNG and SVG, and gives the latter by the names of the figures. */
export async function writeDrawings(folder: string, drawings: readonly Drawing[]): Promise<Map<string, Svg>> {
  for (const { name, svg, png } of drawings) {
    await writeFileAtomic(join(folder, `${name}.svg`), svg.toString());
    await writeFileAtomic(join(folder, `${name}.png`), png);
  }
  return new Map(drawings.map(({ name, svg }) => [name, svg]));
}

/** Draws figures and writes them. */
export async function writeFigures(folder: string, figures: Figures): Promise<Map<string, Svg>> {
  return writeDrawings(folder, await drawFigures(figures));
}
