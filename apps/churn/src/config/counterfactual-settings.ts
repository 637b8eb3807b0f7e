import { readFile } from 'node:fs/promises';
import { ChurnError } from '@churn/core';
import type { CounterfactualSettings } from '../explanation/counterfactual-finder.js';
import { runOf } from '../registry/learned-file.js';
import type { NamedModel } from '../registry/named-model.js';
import { isThere } from '../runs/is-there.js';
import { recordFile } from '../runs/output-files.js';
import { isObject } from './by-name.js';
import { loadConfig } from './config.js';
import { type ExplainingConfig, explaining } from './explaining.js';

/** What a command is told of counterfactuals. */
export interface AskedCounterfactuals {
  /** Whether the configuration was named, so that it must be there. */
  readonly isNamed: boolean;
  /** How many a row gets, where that was told. */
  readonly count: number | true;
  /** The model that decides; its run tells what it was trained on. */
  readonly model?: NamedModel | undefined;
  /** A file of rows like those of training; default that of the configuration if it is named, else the one that the model was trained on. */
  readonly data?: string;
  /** Of values, the one to be reached. */
  readonly target?: number;
}

/**
 * What counterfactuals are found by: what the configuration allows to change, of the columns that a model takes, and rows like those of
 * training. Without a configuration, that of the model's run.
 *
 * @throws the errors of `loadConfig`; `invalid-parameter` if there are no rows like those of training, saying why.
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
    // Training has checked that its file has them; the model need not have learned from all, and may be of another case.
    passesOver: true,
    ...(count !== true && { count }),
    ...(target !== undefined && { target }),
    data: rows,
  };
}

/** What a run tells of its training. */
interface TrainedOn {
  /** The data file, if it is still there. */
  readonly file?: string;
  readonly explain?: ExplainingConfig;
  /** Why there is no file. */
  readonly lack?: string;
}

async function trainedOn(model: NamedModel | undefined): Promise<TrainedOn> {
  if (!model) return {};
  const record = await recordOf(recordFile(runOf(model)));
  if (!record) return { lack: `the run of ${model.name} is not there to name its training data` };
  const { file, query } = record.data;
  const explain = explaining.safeParse(record.explain).data;
  if (typeof file !== 'string' || query !== undefined)
    return { explain, lack: `${model.name} was trained on a query` };
  return (await isThere(file))
    ? { file, explain }
    : { explain, lack: `${file}, which ${model.name} was trained on, is not there` };
}

/** What of the configuration of a run tells what it learned from. */
interface RunSettings {
  readonly explain?: unknown;
  readonly data: { readonly file?: unknown; readonly query?: unknown };
}

/** What is no record of a run tells nothing. */
async function recordOf(file: string): Promise<RunSettings | undefined> {
  try {
    const { config } = JSON.parse(await readFile(file, 'utf8'));
    return isObject(config.data) ? config : undefined;
  } catch {
    return undefined;
  }
}
