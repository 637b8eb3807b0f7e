import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileSha256 } from '../runs/file-sha256.js';
import { recordFile } from '../runs/output-files.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import type { NamedModel } from './named-model.js';

/** A caution about the scores of rows that a model was trained on. */
export const FLATTERED =
  'the model was trained on these rows: its predictions for them are better than for new rows, so metrics based on them are too optimistic';

/**
 * Whether a file is the training data of a model, or a sample of its test rows written by its run, which the model was trained on if it was
 * refitted on all rows; as far as known.
 */
export async function isOfTrainingRows(model: NamedModel, input: string): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  if (!(await isInFolder(runOf(model), input))) return isTrainingFile(model, input);
  const record = await readRecord(recordFile(runOf(model)));
  return record !== undefined && record.config?.split?.refit !== false;
}

/** Whether a file is the training data of a model, according to the record of its run. */
async function isTrainingFile(model: NamedModel, input: string): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  const data = await learnedData(recordFile(runOf(model)));
  if (data === undefined) return false;
  const [size, learned] = await Promise.all([sizeOf(input), sizeOf(data.file)]);
  // Hashing reads the whole file, so sizes are compared first.
  if (size === undefined || (learned !== undefined && learned !== size)) return false;
  return (await fileSha256(input)) === data.sha256;
}

/** Resolves links, such as that of the latest run. */
async function isInFolder(folder: string, input: string): Promise<boolean> {
  try {
    return (await realpath(folder)) === (await realpath(dirname(input)));
  } catch {
    return false;
  }
}

interface LearnedData {
  readonly file: string;
  readonly sha256: string;
}

/** The folder of a model's run: from the alias, or from the path of the file. It may not exist. */
export function runOf({ file, run }: Pick<NamedModel, 'file' | 'run'>): string {
  return run ?? dirname(dirname(file));
}

/** The training data of a record. */
async function learnedData(record: string): Promise<LearnedData | undefined> {
  const { file, sha256 } = (await readRecord(record))?.data ?? {};
  return typeof file === 'string' && typeof sha256 === 'string' ? { file, sha256 } : undefined;
}

interface UncheckedRecord {
  readonly data?: Partial<Record<keyof LearnedData, unknown>>;
  readonly config?: { readonly split?: { readonly refit?: unknown } };
}

/** The record of a run; `undefined` if it is not one, since a missing hint must not fail. */
async function readRecord(record: string): Promise<UncheckedRecord | undefined> {
  try {
    return JSON.parse(await readFile(record, 'utf8'));
  } catch {
    return undefined;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
