import { ChurnError } from '@churn/core';
import { isThere } from '../runs/is-there.js';
import { type Config, loadConfig } from './config.js';
import { type MonitoringConfig, monitoring } from './monitoring.js';
import type { Window } from './windows.js';

/** What a configuration says of monitoring. */
export interface MonitorSettings {
  readonly monitoring: MonitoringConfig;
  /** The columns that it declares. */
  readonly columns: NonNullable<Config['data']['columns']>;
  /** Where results go. */
  readonly folder: string;
  readonly seed: number;
}

interface Overrides {
  /** Whether the file was named, so that it must be there. */
  readonly isNamed: boolean;
  readonly id?: readonly string[];
  readonly date?: string;
  readonly window?: Window;
  readonly out?: string;
  /** Whether there are labels besides those of the rows themselves, which `id` may join. */
  readonly hasLabels?: boolean;
}

/**
 * The settings of a configuration file, with what options say instead; where the usual file is not there, all have their defaults.
 * @throws the errors of `loadConfig`; `invalid-parameter` if an option lacks the one that it needs.
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
      `--window ${window} divides rows by their dates: give their column by --date COLUMN`,
    );
  }
  if (id && !hasLabels) {
    throw new ChurnError(
      'invalid-parameter',
      `--id ${id.join(' ')} joins rows with their labels: give these by --labels FILE`,
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
