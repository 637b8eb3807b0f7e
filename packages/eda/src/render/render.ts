import { existsSync } from 'node:fs';
import { requireParameter } from '@churn/core';
import { type RenderedImage, Resvg, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js';
import type { ChartSpec } from '../charts/figure.js';
import type { Svg } from '../svg/svg.js';
import { cannotBeDrawn, drawSvg } from './draw-svg.js';
import { figureFont, measureText } from './measure-text.js';
import { encodePng } from './png.js';

export interface PngOptions {
  /** Pixels of the picture for each pixel of the chart: above 0, up to 20. Default 2. */
  readonly scale?: number;
  /**
   * Further fonts, as paths of TrueType or OpenType files: letters that DejaVu Sans lacks, such as Chinese, Japanese and Korean ones, are
   * taken from the first of them that has them. Without one they are drawn as boxes. Default none.
   */
  readonly fontFiles?: readonly string[];
}

/**
 * A chart as SVG, drawn without a browser. The same chart gives the same text. Its texts stay text: who shows the picture needs fonts.
 *
 * Whatever the chart and its data are, the picture is shapes and text: it runs nothing, loads nothing and links nowhere.
 *
 * @throws `invalid-data` where it is no Vega-Lite specification that can be drawn, or asks for images, links or data from elsewhere.
 */
export function renderSvg(chart: ChartSpec): Promise<Svg> {
  return drawSvg(chart, measureText);
}

/**
 * A chart as PNG, drawn without a browser.
 * @throws as `renderSvg`; `invalid-parameter` where `scale` is not a number above 0, or a file of `fontFiles` is not there.
 */
export async function renderPng(chart: ChartSpec, options: PngOptions = {}): Promise<Uint8Array> {
  // Refused before the work.
  drawingOptions(options);
  return svgToPngAsync(await renderSvg(chart), options);
}

/**
 * What `renderSvg` gave, as PNG, drawn on a thread of its own: other charts can be laid out meanwhile.
 * @throws `invalid-data` where it cannot be drawn; `invalid-parameter` as `renderPng`.
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
  requireParameter(scale > 0 && scale <= 20, 'scale', 'a number above 0, up to 20', scale);
  // The drawing library passes over files that are not there.
  for (const file of fontFiles) requireParameter(existsSync(file), 'fontFiles', 'files that are there', file);
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
