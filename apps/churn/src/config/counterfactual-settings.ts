import { ChurnError } from '@churn/core';
import type { CounterfactualSettings } from '../explanation/counterfactual-finder.js';
import { isThere } from '../runs/is-there.js';
import { loadConfig } from './config.js';
import { explaining } from './explaining.js';

interface Given {
  /** Whether the configuration was named, so that it must be there. */
  readonly isNamed: boolean;
  /** How many a row gets, where that was told. */
  readonly count: number | true;
  /** A file of rows like those of training; default that of the configuration. */
  readonly data?: string;
  /** Of values, the one to be reached. */
  readonly target?: number;
}

/**
 * What counterfactuals are found by: what the configuration allows to change, of the columns that a model takes, and rows like those of
 * training.
 * @throws the errors of `loadConfig`; `invalid-parameter` if neither an option nor the configuration names a file of rows.
 */
export async function counterfactualSettings(
  file: string,
  { isNamed, count, data, target }: Given,
): Promise<CounterfactualSettings & { readonly data: string }> {
  const config = isNamed || (await isThere(file)) ? await loadConfig(file) : undefined;
  const rows = data ?? config?.data.file;
  if (rows === undefined) {
    throw new ChurnError(
      'invalid-parameter',
      '--counterfactuals looks for rows like those of training: give them by --data FILE',
    );
  }
  return {
    ...(config?.explain ?? explaining.parse(undefined)),
    // Training has checked that its file has them; the model need not have learned from all, and may be of another case.
    passesOver: true,
    ...(count !== true && { count }),
    ...(target !== undefined && { target }),
    data: rows,
  };
}
