import { ChurnError } from '@churn/core';
import { type Config, quickConfig } from './config.js';
import type { Preset } from './preset.js';
import type { Workers } from './workers.js';

/** What options of a command say instead of the configuration. */
export interface Overrides {
  readonly data?: string;
  readonly out?: string;
  readonly seed?: number;
  readonly preset?: Preset;
  readonly time?: number;
  readonly quick?: boolean;
  readonly images?: boolean;
  readonly report?: boolean;
  readonly workers?: Workers;
  readonly share?: string;
}

/** @throws `invalid-parameter` if there is a place to share rows, and no workers that would read them there. */
export function override(given: Config, overrides: Overrides): Config {
  const { data, out, seed, preset, time, quick, images = true, report = true, workers, share } = overrides;
  const found = preset ? { ...given, models: 'auto' as const, preset } : given;
  const config = quick ? quickConfig(found) : found;
  return {
    ...config,
    seed: seed ?? config.seed,
    time: time ?? config.time,
    workers: withShare(workers ?? config.workers, share),
    data: data === undefined ? config.data : { ...config.data, file: data, query: undefined },
    output: {
      ...config.output,
      folder: out ?? config.output.folder,
      images: images && config.output.images,
      report: report && config.output.report,
    },
  };
}

function withShare(workers: Workers | undefined, share: string | undefined): Workers | undefined {
  if (share === undefined) return workers;
  if (typeof workers === 'object' && 'redis' in workers) return { ...workers, share };
  throw new ChurnError(
    'invalid-parameter',
    `--share: expected workers at Redis, such as --workers redis://host:6379, got ${typeof workers === 'number' ? workers : 'none'}`,
  );
}
