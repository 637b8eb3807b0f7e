import { readFile } from 'node:fs/promises';
import { ChurnError } from '@churn/core';
import type { CounterfactualSettings } from '../explanation/counterfactual-finder.js';
import { runOf } from '../registry/learned-file.js';
import type { NamedModel } from '../registry/named-model.js';
import { isThere } from '../runs/is-there.js';
import { recordFile } from '../runs/output-files.js';
import { isObject } from './by-name.js';
import { type ExplainingConfig, explaining } from './explaining.js';
import { loadConfig } from './load-config.js';

/** The options of a command that concern counterfactuals. */
export interface AskedCounterfactuals {
  /** Whether the configuration was named explicitly, so that it must exist. */
  readonly isNamed: boolean;
  /** The number of counterfactuals per row, if specified. */
  readonly count: number | true;
  /** The model; its run names the training data. */
  readonly model?: NamedModel | undefined;
  /** A file of rows like the training rows; by default that of the configuration if it is named, else the training data of the model. */
  readonly data?: string;
  /** The value to reach, for regression. */
  readonly target?: number;
}

/**
 * The settings of counterfactuals: the allowed changes of the configuration, for the columns of a model, and rows like the training rows.
 * Without a configuration, those of the model's run.
 *
 * @throws as `loadConfig` does; `invalid-parameter` if there are no rows like the training rows, with the reason.
 */
export async function counterfactualSettings(
  file: string,
  { isNamed, model, count, data, target }: AskedCounterfactuals,
): Promise<CounterfactualSettings & { readonly data: string }> {
  const config = isNamed || (await isThere(file)) ? await loadConfig(file) : undefined;
  const own = data === undefined && !isNamed ? await trainedOn(model) : {};
  const rows = data ?? own.file ?? config?.data.file;
  if (rows === undefined) {
    const why = own.lack ?? (config ? `${file} names no data file` : 'there is no configuration');
    throw new ChurnError(
      'invalid-parameter',
      `--counterfactuals: expected --data FILE with rows like those of training, as ${why}`,
    );
  }
  return {
    ...(config?.explain ?? own.explain ?? explaining.parse(undefined)),
    // Training has checked that its file has them; the model may use only some, or belong to another case.
    passesOver: true,
    ...(count !== true && { count }),
    ...(target !== undefined && { target }),
    data: rows,
  };
}

/** The training data of a run. */
interface TrainedOn {
  /** The data file, if it still exists. */
  readonly file?: string;
  readonly explain?: ExplainingConfig;
  /** The reason why there is no file. */
  readonly lack?: string;
}

async function trainedOn(model: NamedModel | undefined): Promise<TrainedOn> {
  if (!model) return {};
  const record = await recordOf(recordFile(runOf(model)));
  if (!record) return { lack: `the run of ${model.name}, which names its training data, no longer exists` };
  const { file, query } = record.data;
  const explain = explaining.safeParse(record.explain).data;
  if (typeof file !== 'string' || query !== undefined)
    return { explain, lack: `${model.name} was trained on a query` };
  return (await isThere(file))
    ? { file, explain }
    : { explain, lack: `${file}, which ${model.name} was trained on, no longer exists` };
}

/** The keys of a run's configuration that are read. */
interface RunSettings {
  readonly explain?: unknown;
  readonly data: { readonly file?: unknown; readonly query?: unknown };
}

/** The record of a run; empty if the file is not one. */
async function recordOf(file: string): Promise<RunSettings | undefined> {
  try {
    const { config } = JSON.parse(await readFile(file, 'utf8'));
    return isObject(config.data) ? config : undefined;
  } catch {
    return undefined;
  }
}
