import { join } from 'node:path';
import { ChurnError, didYouMean } from '@churn/core';
import type { Config } from '../config/config.js';
import { findRun, readRun } from '../runs/read-run.js';
import { entryOfAlias } from '../runs/run-aliases.js';
import { runPath } from '../runs/run-folder.js';
import type { RunModel, RunRecord } from '../runs/run-record.js';
import type { NumberedEntry } from './alias-entry.js';
import { requireStored } from './model-store.js';

/** A model that the gate compares. */
export interface Contender {
  /** The name of the model in its run. */
  readonly model: string;
  /** The ID of the run. */
  readonly run: string;
  readonly file: string;
  /** The record of the run; `undefined` if it no longer exists. */
  readonly record: RunRecord | undefined;
}

/** A model of a run with its record. */
export interface RunContender extends Contender {
  readonly record: RunRecord;
  readonly ofRun: RunModel;
}

/**
 * Finds a model of a run.
 * @param text the name of the run.
 * @param model the name of the model; by default that of the alias, if `text` is one, or else the best.
 * @throws `invalid-parameter` if there is no such run or model.
 */
export async function challengerOf(
  config: Pick<Config, 'output' | 'registry'>,
  text: string,
  model?: string,
): Promise<RunContender> {
  const record = await findRun(config, text);
  const name = model ?? (await entryOfAlias(config, text))?.model ?? record.best;
  const ofRun = Object.hasOwn(record.models, name) ? record.models[name] : undefined;
  if (ofRun === undefined) {
    const names = Object.keys(record.models);
    throw new ChurnError(
      'invalid-parameter',
      `${model === undefined ? '' : '--model '}${name}: expected a model of run ${record.id}, which has ${names.join(', ')}${didYouMean(name, names)}`,
    );
  }
  const file = join(runPath(config.output.folder, record.id), ofRun.file);
  return { model: name, run: record.id, file, record, ofRun };
}

/**
 * The model of a registry entry; its run may no longer exist.
 * @throws `invalid-file` if it is damaged.
 */
export async function championOf(
  registry: string,
  { model, run, sha256 }: NumberedEntry,
  { output }: Pick<Config, 'output'>,
): Promise<Contender> {
  const file = await requireStored(registry, sha256);
  try {
    return { model, run, file, record: await readRun(output.folder, run) };
  } catch (error) {
    if (ChurnError.is(error)) return { model, run, file, record: undefined };
    throw error;
  }
}

/** The name of a contender, for users. */
export function contenderText({ model, run }: Pick<Contender, 'model' | 'run'>): string {
  return `${model} of run ${run}`;
}
