import { readFile, stat } from 'node:fs/promises';
import { fileError, writeFileAtomic } from '@churn/io';
import { z } from 'zod';
import { removeOutput } from './output.js';
import type { Partition } from './partitions.js';

/** What a scored file was made of. */
const SOURCE = z.strictObject({
  /** The hash of the model file. */
  model: z.string(),
  input: z.strictObject({
    bytes: z.number(),
    /** When it was last changed, in milliseconds since 1970. */
    modified: z.number(),
  }),
  /** How rows were read and scored, as JSON. */
  options: z.string(),
});

/** What is noted of a scored file, and the counts of its rows. */
const NOTE = z.strictObject({
  source: SOURCE,
  output: z.strictObject({ bytes: z.number() }),
  scored: z.number(),
  rejected: z.number(),
});

export type PartitionSource = z.infer<typeof SOURCE>;

type PartitionNote = z.infer<typeof NOTE>;

/**
 * What a partition would be scored from now.
 * @throws `invalid-file` if its file is not there.
 */
export async function sourceOf(
  { input }: Partition,
  model: string,
  options: object,
): Promise<PartitionSource> {
  const { size, mtimeMs } = await stat(input).catch((error) => {
    throw fileError('read', input, error);
  });
  return { model, input: { bytes: size, modified: mtimeMs }, options: JSON.stringify(options) };
}

/** The note of a partition whose output is there, whole, and was made of just this; else nothing. */
export async function noteOf(
  { output, note }: Partition,
  source: PartitionSource,
): Promise<PartitionNote | undefined> {
  try {
    const found = NOTE.parse(JSON.parse(await readFile(note, 'utf8')));
    const isSame = JSON.stringify(found.source) === JSON.stringify(source);
    return isSame && (await stat(output)).size === found.output.bytes ? found : undefined;
  } catch {
    // Whatever is wrong with a note, the partition is scored again.
    return undefined;
  }
}

/** Before the output changes, so that what is noted of one output is never taken for a note of the next. */
export function removeNote({ note }: Partition): Promise<void> {
  return removeOutput(note);
}

/** Notes what an output was made of, once it is there. */
export async function writeNote(
  { output, note }: Partition,
  source: PartitionSource,
  counts: Pick<PartitionNote, 'scored' | 'rejected'>,
): Promise<void> {
  const { size } = await stat(output);
  const written: PartitionNote = { source, output: { bytes: size }, ...counts };
  await writeFileAtomic(note, `${JSON.stringify(written)}\n`);
}
