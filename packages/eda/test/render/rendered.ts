import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A chart to be drawn: as SVG, or with a scale as PNG. */
export interface Request {
  readonly chart?: unknown;
  readonly scale?: number;
  readonly fontFiles?: readonly string[];
  /** Whether to draw the PNG in both ways. */
  readonly twice?: boolean;
}

/** The outcome of it: the start of a PNG. */
export interface Rendered {
  readonly svg: string;
  readonly png: readonly number[];
  /** Whether both ways gave the same picture. */
  readonly isSame?: boolean;
  readonly code: string;
  readonly message: string;
}

/** Renders with the built package: the drawing library is of ES modules, which tests cannot import. */
export function rendered(requests: readonly Request[]): Rendered[] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'render.mjs')], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** Charts as SVG. */
export function svgsOf(...charts: readonly unknown[]): string[] {
  return rendered(charts.map((chart) => ({ chart }))).map(({ svg }) => svg);
}
