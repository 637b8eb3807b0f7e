import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileSha256 } from '../runs/file-sha256.js';
import { recordFile } from '../runs/output-files.js';
import { STANDARD_STREAM } from '../scoring/output.js';
import type { NamedModel } from './named-model.js';

/** What to make of scores of rows that a model learned from. */
export const FLATTERED =
  'the model was trained on this file, so its probabilities are closer to the outcomes than for new rows, and all figures computed from them are too optimistic';

/** Whether a file is the one that a model learned from, as far as the record of its run tells. */
export async function hasLearnedFrom({ file, run }: NamedModel, input: string): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  const data = await learnedData(recordFile(run ?? dirname(dirname(file))));
  if (data === undefined) return false;
  const [size, learned] = await Promise.all([sizeOf(input), sizeOf(data.file)]);
  // Files of other sizes are spared the hash, which reads all of them.
  if (size === undefined || (learned !== undefined && learned !== size)) return false;
  return (await fileSha256(input)) === data.sha256;
}

interface LearnedData {
  readonly file: string;
  readonly sha256: string;
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
