import { existsSync } from 'node:fs';
import { ChurnError, requireParameter } from '@churn/core';
import { type RenderedImage, Resvg, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js';
import type { ChartSpec } from '../charts/figure.js';
import { InertSvg, type Svg } from '../svg/svg.js';
import { figureFont, measureText, type TextItem } from './measure-text.js';
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
export async function renderSvg(chart: ChartSpec): Promise<Svg> {
  // Imported here, since they are ES modules alone and this package is CommonJS too.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { loader, logger, parse, resetSVGDefIds, View } = vega;
  // Not among the declared types.
  const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
  // What goes wrong is thrown; warnings are about matters of taste.
  const silent = logger(0);
  const offline = loader();
  offline.load = async (uri: string) => {
    throw new Error(`charts must contain their data and cannot load ${uri}`);
  };
  let address: unknown;
  // Of links and images. The drawing library does not bear an error here.
  offline.sanitize = async (uri: unknown) => {
    address ??= uri;
    return { href: '' };
  };
  try {
    const { spec } = compile(chart, { logger: silent });
    const runtime = parse(spec);
    const svg = await inTurn(async () => {
      // Clip paths are numbered over all pictures; the same chart is to give the same text.
      resetSVGDefIds();
      // Without a canvas the library guesses, and leaves much room; others that use it shall find it as it was.
      const { width } = textMetrics;
      textMetrics.width = measureText;
      const view = new View(runtime, { renderer: 'none', loader: offline, logger: silent });
      try {
        return await view.toSVG();
      } finally {
        textMetrics.width = width;
        view.finalize();
      }
    });
    if (address !== undefined) throw new Error(`charts cannot contain links or images such as ${address}`);
    return new InertSvg(svg);
  } catch (error) {
    throw cannotBeDrawn('chart', error);
  }
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

function cannotBeDrawn(what: string, error: unknown): ChurnError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ChurnError('invalid-data', `${what}: cannot be drawn: ${reason}`, { cause: error });
}

/** How the drawing library measures texts. */
interface TextMetrics {
  width: (item: TextItem, text: unknown) => number;
}

let last: Promise<unknown> = Promise.resolve();

/** Runs pieces of work one after another. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next;
  return next;
}
