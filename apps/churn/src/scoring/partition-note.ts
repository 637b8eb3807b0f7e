import { readFile, stat } from 'node:fs/promises';
import { fileError, writeFileAtomic } from '@churn/io';
import { z } from 'zod';
import { removeOutput } from './output.js';
import type { Partition } from './partitions.js';

/** The origin of a scored file. */
const SOURCE = z.strictObject({
  /** The hash of the model file. */
  model: z.string(),
  input: z.strictObject({
    bytes: z.number(),
    /** The time of its last change, in milliseconds since 1970. */
    modified: z.number(),
  }),
  /** The options of reading and scoring, as JSON. */
  options: z.string(),
});

/** The note about a scored file: its origin and row counts. */
const NOTE = z.strictObject({
  source: SOURCE,
  output: z.strictObject({ bytes: z.number() }),
  scored: z.number(),
  rejected: z.number(),
});

export type PartitionSource = z.infer<typeof SOURCE>;

type PartitionNote = z.infer<typeof NOTE>;

/**
 * The origin of a partition if it were scored now.
 * @throws `invalid-file` if its file does not exist.
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

/** The note of a partition if its output exists, is complete and has this origin; otherwise `undefined`. */
export async function noteOf(
  { output, note }: Partition,
  source: PartitionSource,
): Promise<PartitionNote | undefined> {
  try {
    const found = NOTE.parse(JSON.parse(await readFile(note, 'utf8')));
    const isSame = JSON.stringify(found.source) === JSON.stringify(source);
    return isSame && (await stat(output)).size === found.output.bytes ? found : undefined;
  } catch {
    // If the note is unusable for any reason, the partition is scored again.
    return undefined;
  }
}

/** Removes the note before the output changes, so that it never refers to another output. */
export function removeNote({ note }: Partition): Promise<void> {
  return removeOutput(note);
}

/** Writes the note, once the output exists. */
export async function writeNote(
  { output, note }: Partition,
  source: PartitionSource,
  counts: Pick<PartitionNote, 'scored' | 'rejected'>,
): Promise<void> {
  const { size } = await stat(output);
  const written: PartitionNote = { source, output: { bytes: size }, ...counts };
  await writeFileAtomic(note, `${JSON.stringify(written)}\n`);
}
