import { join } from 'node:path';
import { svgToPngAsync } from '@churn/eda/render';
import { writeFileAtomic } from '@churn/io';
import type { Picture } from './draw-figures.js';

/** Writes each figure as PNG and SVG, drawing the PNGs in threads. */
export async function writePictures(folder: string, pictures: readonly Picture[]): Promise<void> {
  await Promise.all(
    pictures.map(async ({ id, svg }) => {
      await writeFileAtomic(join(folder, `${id}.svg`), svg.toString());
      await writeFileAtomic(join(folder, `${id}.png`), await svgToPngAsync(svg));
    }),
  );
}
