import type { TopLevelSpec } from 'vega-lite';
import { chartTitle } from './charts/chart-title.js';

/** An output of a notebook: the same content by its media types, of which a notebook shows the richest that it supports. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The method that the JavaScript kernels of Jupyter, such as Deno's, call for the output of a cell. */
const DISPLAY = Symbol.for('Jupyter.display');

/** The versions of Vega-Lite under which notebooks register their renderer; what the charts use has the same meaning in both. */
const VEGA_LITE_TYPES = ['application/vnd.vegalite.v6+json', 'application/vnd.vegalite.v5+json'];

/**
 * The chart, which a notebook draws if it is the output of a cell. The method is enumerable, so that a changed copy,
 * `{ ...chart, width: 300 }`, is drawn too, and takes the chart as `this`; JSON leaves it out.
 */
export function drawnInNotebooks(chart: TopLevelSpec): TopLevelSpec {
  return Object.assign(chart, { [DISPLAY]: chartBundle });
}

function chartBundle(this: TopLevelSpec): MimeBundle {
  return {
    ...Object.fromEntries(VEGA_LITE_TYPES.map((type) => [type, { ...this, [DISPLAY]: undefined }])),
    'text/plain': `Chart: ${chartTitle(this) ?? 'without a title'}`,
  };
}

/** Lets notebooks show an object by media types. On the object rather than its class, which bundlers then leave out if it is unused. */
export function displayInNotebooks(object: object, bundle: () => MimeBundle): void {
  Object.defineProperty(object, DISPLAY, { value: bundle });
}
