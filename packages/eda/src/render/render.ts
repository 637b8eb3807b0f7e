import { existsSync } from 'node:fs';
import { requireParameter } from '@churn/core';
import { type RenderedImage, Resvg, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js';
import type { ChartSpec } from '../charts/figure.js';
import type { Svg } from '../svg/svg.js';
import { cannotBeDrawn, drawSvg } from './draw-svg.js';
import { figureFont, measureText } from './measure-text.js';
import { encodePng } from './png.js';

export interface PngOptions {
  /** The scale: pixels of the picture per pixel of the chart, above 0 and at most 20. Default 2. */
  readonly scale?: number;
  /**
   * Further fonts, as paths of TrueType or OpenType files: characters that DejaVu Sans lacks, such as Chinese, Japanese and Korean ones,
   * are taken from the first font that has them, and otherwise drawn as boxes. Default none.
   */
  readonly fontFiles?: readonly string[];
}

/**
 * Renders a chart as SVG, without a browser. The same chart gives the same text. Text remains text, so viewers need fonts.
 *
 * Whatever the chart and its data, the picture contains only shapes and text: it runs no scripts, loads nothing and has no links.
 *
 * @throws `invalid-data` if it is not a valid Vega-Lite specification, or refers to images, links or external data.
 */
export function renderSvg(chart: ChartSpec): Promise<Svg> {
  return drawSvg(chart, measureText);
}

/**
 * Renders a chart as PNG, without a browser.
 * @throws as `renderSvg`; `invalid-parameter` if `scale` is not a number above 0, or a file of `fontFiles` is not there.
 */
export async function renderPng(chart: ChartSpec, options: PngOptions = {}): Promise<Uint8Array> {
  // Refused before the work.
  drawingOptions(options);
  return svgToPngAsync(await renderSvg(chart), options);
}

/**
 * What `renderSvg` gave, as PNG, drawn on a thread of its own: other charts can be laid out meanwhile.
 * @throws `invalid-data` if it cannot be drawn; `invalid-parameter` as `renderPng`.
 */
export async function svgToPngAsync(svg: Svg, options: PngOptions = {}): Promise<Uint8Array> {
  const checked = drawingOptions(options);
  try {
    return pngOf(await renderAsync(svg.toString(), checked));
  } catch (error) {
    throw cannotBeDrawn('svg', error);
  }
}

/**
 * What `renderSvg` gave, as PNG.
 * @throws as `svgToPngAsync`.
 */
export function svgToPng(svg: Svg, options: PngOptions = {}): Uint8Array {
  const checked = drawingOptions(options);
  try {
    return pngOf(new Resvg(svg.toString(), checked).render());
  } catch (error) {
    throw cannotBeDrawn('svg', error);
  }
}

function drawingOptions({ scale = 2, fontFiles = [] }: PngOptions): ResvgRenderOptions {
  requireParameter(scale > 0 && scale <= 20, 'scale', 'a number above 0 and at most 20', scale);
  // The drawing library passes over files that do not exist.
  for (const file of fontFiles) requireParameter(existsSync(file), 'fontFiles', 'existing files', file);
  // Without a font of its own a picture would have no text on a machine without any.
  const own = [figureFont('normal'), figureFont('bold')];
  return {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles: [...own, ...fontFiles], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  };
}

function pngOf(image: RenderedImage): Uint8Array {
  return encodePng(image.width, image.height, image.pixels) ?? image.asPng();
}
