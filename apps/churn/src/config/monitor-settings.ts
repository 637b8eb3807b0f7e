import { ChurnError } from '@churn/core';
import { isThere } from '../runs/is-there.js';
import type { Config } from './config.js';
import { loadConfig } from './load-config.js';
import { type MonitoringConfig, monitoring } from './monitoring.js';
import type { Window } from './windows.js';

/** The monitoring settings of a configuration. */
export interface MonitorSettings {
  readonly monitoring: MonitoringConfig;
  /** The declared columns. */
  readonly columns: NonNullable<Config['data']['columns']>;
  /** The output folder. */
  readonly folder: string;
  readonly seed: number;
}

interface Overrides {
  /** Whether the file was named explicitly, so that it must exist. */
  readonly isNamed: boolean;
  readonly id?: readonly string[];
  readonly date?: string;
  readonly window?: Window;
  readonly out?: string;
  /** Whether there is a separate file of labels, which `id` can join. */
  readonly hasLabels?: boolean;
}

/**
 * The settings of a configuration file, overridden by options; defaults if the default file does not exist.
 * @throws as `loadConfig` does; `invalid-parameter` if an option requires another one.
 */
export async function monitorSettings(
  file: string,
  { isNamed, id, date, window, out, hasLabels = false }: Overrides,
): Promise<MonitorSettings> {
  const config = isNamed || (await isThere(file)) ? await loadConfig(file) : undefined;
  const given = config?.monitoring ?? monitoring.parse(undefined);
  if (window !== undefined && (date ?? given.date) === undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--window ${window}: expected --date COLUMN as well, since windows are by date, got none`,
    );
  }
  if (id && !hasLabels) {
    throw new ChurnError(
      'invalid-parameter',
      `--id ${id.join(' ')}: expected --labels FILE as well, since IDs join rows with labels, got none`,
    );
  }
  const rule = config?.threshold;
  return {
    monitoring: {
      ...given,
      costs: given.costs ?? (rule && 'costs' in rule ? rule.costs : undefined),
      id: id ? [...id] : given.id,
      date: date ?? given.date,
      window: window ?? given.window,
    },
    columns: config?.data.columns ?? [],
    folder: out ?? config?.output.folder ?? 'outputs',
    seed: config?.seed ?? 42,
  };
}
