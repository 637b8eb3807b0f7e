import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileSha256 } from '../runs/file-sha256.js';
import { recordFile } from '../runs/output-files.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import type { NamedModel } from './named-model.js';

/** A caution about the scores of rows that a model was trained on. */
export const FLATTERED =
  'the model was trained on these rows: its predictions are closer to the outcomes than those of new rows will be, and figures based on them are too good';

/** Whether the rows of a file are those that a model was trained on, or a sample of them that its run wrote, as far as can be known. */
export async function isOfTrainingRows(model: NamedModel, input: string): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  return (await isInFolder(runOf(model), input)) || (await isTrainingFile(model, input));
}

/** Whether a file is the one that a model was trained on, according to the record of its run. */
export async function isTrainingFile(model: NamedModel, input: string): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  const data = await learnedData(recordFile(runOf(model)));
  if (data === undefined) return false;
  const [size, learned] = await Promise.all([sizeOf(input), sizeOf(data.file)]);
  // Files of other sizes are spared the hash, which reads all of them.
  if (size === undefined || (learned !== undefined && learned !== size)) return false;
  return (await fileSha256(input)) === data.sha256;
}

/** A folder may be named by a link, as that of the latest run. */
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

/** The folder of the run that made a model: by an alias, or from the place of the file. It may not be there. */
export function runOf({ file, run }: Pick<NamedModel, 'file' | 'run'>): string {
  return run ?? dirname(dirname(file));
}

/** A hint is no reason to fail: what is no record tells nothing. */
async function learnedData(record: string): Promise<LearnedData | undefined> {
  try {
    const { file, sha256 } = JSON.parse(await readFile(record, 'utf8')).data;
    return typeof file === 'string' && typeof sha256 === 'string' ? { file, sha256 } : undefined;
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
