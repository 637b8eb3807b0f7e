import type { ChartSpec } from '../charts/figure.js';
import type { Svg } from '../svg/svg.js';
import { drawSvg, type TextItem } from './draw-svg.js';

// The entry for pages and workers, which have their own fonts and canvas, and draw PNGs themselves.
export { chartTitle } from '../charts/chart-title.js';
export type { Svg } from '../svg/svg.js';

/**
 * A chart as SVG, as `renderSvg` in Node draws it, but that texts are measured in a font of the reader's. Works in web workers too.
 *
 * @throws `invalid-data` if it is not a valid Vega-Lite specification, or refers to images, links or external data.
 */
export function renderSvg(chart: ChartSpec): Promise<Svg> {
  return drawSvg(chart, measureText);
}

/** The part of a canvas that measures texts: the declarations of browsers are not those of Node. */
interface TextCanvas {
  getContext(kind: '2d'): { font: string; measureText(text: string): { readonly width: number } } | null;
}
declare const OffscreenCanvas: new (width: number, height: number) => TextCanvas;

let canvas: TextCanvas | undefined;

function measureText({ fontSize = 11, fontWeight = 'normal' }: TextItem, text: unknown): number {
  canvas ??= new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  if (!context) return 0;
  context.font = `${fontWeight} ${fontSize}px "DejaVu Sans", Verdana, sans-serif`;
  return context.measureText(String(text ?? '').trim()).width;
}
