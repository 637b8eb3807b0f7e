import { createRequire } from 'node:module';
import { ChurnError } from '@churn/core';
import { Resvg } from '@resvg/resvg-js';
import type { ChartSpec } from '../charts/figure.js';

// The weights that figures are set in. Without a font of its own a picture would have no text on a machine without any.
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

export interface PngOptions {
  /** Pixels of the picture for each pixel of the chart. Default 2. */
  readonly scale?: number;
}

/**
 * A chart as SVG, drawn without a browser. The same chart gives the same text.
 * @throws `invalid-data` where it is no Vega-Lite specification that can be drawn.
 */
export async function renderSvg(chart: ChartSpec): Promise<string> {
  // Imported here, since they are ES modules alone and this package is CommonJS too.
  const [{ loader, logger, parse, resetSVGDefIds, View }, { compile }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
  ]);
  // What goes wrong is thrown; warnings are about matters of taste.
  const silent = logger(0);
  const offline = loader();
  offline.load = async (uri: string) => {
    throw new Error(`a chart brings its data, and loads nothing such as ${uri}`);
  };
  try {
    const { spec } = compile(chart, { logger: silent });
    const view = new View(parse(spec), { renderer: 'none', loader: offline, logger: silent });
    const svg = await inTurn(() => {
      // Clip paths are numbered over all pictures; the same chart is to give the same text.
      resetSVGDefIds();
      return view.toSVG();
    });
    view.finalize();
    return svg;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChurnError('invalid-data', `chart: cannot be drawn: ${reason}`, { cause: error });
  }
}

/**
 * A chart as PNG, drawn without a browser.
 * @throws as `renderSvg`; `invalid-parameter` where `scale` is not a number above 0.
 */
export async function renderPng(chart: ChartSpec, options: PngOptions = {}): Promise<Uint8Array> {
  return svgToPng(await renderSvg(chart), options);
}

/** What `renderSvg` gave, as PNG. */
export function svgToPng(svg: string, { scale = 2 }: PngOptions = {}): Uint8Array {
  if (!(scale > 0 && scale <= 20)) {
    throw new ChurnError('invalid-parameter', `scale: expected a number above 0, up to 20, got ${scale}`);
  }
  const fontFiles = FONTS.map((file) => fonts.resolve(`dejavu-fonts-ttf/ttf/${file}`));
  const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font }).render().asPng();
}

const fonts = createRequire(import.meta.url);

let last: Promise<unknown> = Promise.resolve();

/** Runs pieces of work one after another. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next;
  return next;
}
