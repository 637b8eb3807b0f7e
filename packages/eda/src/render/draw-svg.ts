import { ChurnError } from '@churn/core';
import type { ChartSpec } from '../charts/figure.js';
import { InertSvg, type Svg } from '../svg/svg.js';

/** A text as the drawing library sets it. */
export interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

/** How many pixels a text is wide. */
export type MeasureText = (item: TextItem, text: unknown) => number;

/**
 * A chart as SVG, with texts as wide as `measureText` says: see `renderSvg`.
 * @throws `invalid-data` where it is no Vega-Lite specification that can be drawn, or asks for images, links or data from elsewhere.
 */
export async function drawSvg(chart: ChartSpec, measureText: MeasureText): Promise<Svg> {
  // Imported here, since they are ES modules alone and this package is CommonJS too.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { loader, logger, parse, resetSVGDefIds, View } = vega;
  // Not among the declared types.
  const { textMetrics } = vega as unknown as { readonly textMetrics: { width: MeasureText } };
  // What goes wrong is thrown; warnings are about matters of taste.
  const silent = logger(0);
  const offline = loader();
  offline.load = async (uri: string) => {
    throw new Error(`a chart brings its data, and loads nothing such as ${uri}`);
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
    if (address !== undefined) throw new Error(`a chart has no links and images, such as ${address}`);
    return new InertSvg(svg);
  } catch (error) {
    throw cannotBeDrawn('chart', error);
  }
}

/** What is thrown where a chart or a picture cannot be drawn. */
export function cannotBeDrawn(what: string, error: unknown): ChurnError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ChurnError('invalid-data', `${what}: cannot be drawn: ${reason}`, { cause: error });
}

let last: Promise<unknown> = Promise.resolve();

/** Runs pieces of work one after another. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next;
  return next;
}
