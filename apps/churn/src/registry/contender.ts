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
  /** What the run says of itself; `undefined` where it is no longer there. */
  readonly record: RunRecord | undefined;
}

/** A model of a run, with what the run says of it. */
export interface RunContender extends Contender {
  readonly record: RunRecord;
  readonly ofRun: RunModel;
}

/**
 * A model of a run.
 * @param text what names the run.
 * @param model default the one that an alias leads to, where that names the run, or else the best.
 * @throws `invalid-parameter` where there is no such run or model.
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
 * The model of an entry of the registry, which stands by itself: its run may be gone.
 * @throws `invalid-file` where it is damaged.
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

/** What a user calls it. */
export function contenderText({ model, run }: Pick<Contender, 'model' | 'run'>): string {
  return `${model} of run ${run}`;
}
