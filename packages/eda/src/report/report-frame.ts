import { requireParameter } from '@churn/core';
import { displayInNotebooks } from '../notebook-display.js';
import { type Html, html } from './html.js';

export interface ReportFrameOptions {
  /** Of the frame, in pixels: a whole number from 100. Default 640. */
  readonly height?: number;
}

/**
 * A page that `createReport` gave, in a frame: for a Jupyter notebook, as the output of a cell, and for a page of your own. The frame keeps
 * the styles and the script of the report apart from what surrounds it.
 *
 * ```ts
 * reportFrame(createReport(report), { height: 900 });
 * ```
 *
 * @throws `invalid-parameter` where `height` is not a whole number from 100.
 */
export function reportFrame(page: string, { height = 640 }: ReportFrameOptions = {}): Html {
  requireParameter(
    Number.isInteger(height) && height >= 100,
    'height',
    'a whole number from 100, in pixels',
    height,
  );
  const frame = html`<iframe title="Report" sandbox="allow-scripts allow-downloads" width="100%" height="${height}" srcdoc="${page}"></iframe>`;
  displayInNotebooks(frame, () => ({ 'text/html': String(frame), 'text/plain': 'Report' }));
  return frame;
}
