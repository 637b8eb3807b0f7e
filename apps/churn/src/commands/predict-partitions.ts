import { ChurnError } from '@churn/core';
import { counted } from '../reporting/counted.js';
import { countedList } from '../reporting/counted-list.js';
import { noteOf, removeNote, sourceOf, writeNote } from '../scoring/partition-note.js';
import { findPartitions, type Partition } from '../scoring/partitions.js';
import { rejectionText } from '../scoring/rejection-reasons.js';
import { type FileScoring, refuseFiles, scoreFile } from '../scoring/score-file.js';
import { ofShard, type Shard } from '../scoring/shard.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import { scoredFigures, Tally } from '../scoring/tally.js';
import { errorText, type Logger } from '../terminal/logger.js';
import type { Outcome } from '../terminal/outcome.js';
import { calledTable, warningTable } from '../terminal/result-table.js';

/** The maximum number of failed partitions in the final message. */
const MAX_FAILED = 5;

export interface PartitionsOptions {
  /** A folder or a pattern. */
  readonly input: string;
  /** The folder of the scored files. */
  readonly output: string;
  /** The folder of the rejected rows; by default `_rejected` in the output folder. */
  readonly rejected?: string;
  readonly shard?: Shard;
}

/**
 * Scores each file of a folder or a pattern to a separate file, which appears when it is complete. A file is not scored again if its output
 * is from the same content, model and settings, so an interrupted run resumes where it stopped. A file that cannot be scored does not stop
 * the others.
 *
 * @returns the numbers of scored files and rows.
 * @throws `invalid-data` at the end if partitions failed, naming them; also as `findPartitions` does.
 */
export async function predictPartitions(
  { input, output, rejected, shard }: PartitionsOptions,
  how: FileScoring,
  logger: Logger,
): Promise<Outcome> {
  if (output === STANDARD_STREAM) {
    throw new ChurnError(
      'invalid-parameter',
      `--output: expected a folder, since --input ${input} may have several files, got standard output`,
    );
  }
  const { format } = how.input;
  const all = await findPartitions(input, { output, rejected, format });
  for (const partition of all) refuseFiles(partition, how.modelFile, format);
  const partitions = shard ? ofShard(all, shard) : all;
  const classes = how.scoring.task === 'classes' ? how.scoring.classes : [];
  const total = new Tally(classes.length);
  const failed: string[] = [];
  let done = 0;
  for (const [i, partition] of partitions.entries()) {
    const which = `${i + 1} of ${partitions.length}, ${partition.name}`;
    try {
      const tally = await scoreOnce(partition, how);
      if (tally === undefined) {
        done++;
        logger.info(`${which}: already scored`);
        continue;
      }
      total.merge(tally);
      const without = tally.rejected.count > 0 ? `, ${tally.rejected.count} rejected` : '';
      logger.info(`${which}: scored ${counted(tally.scored, 'row')}${without}`);
    } catch (error) {
      failed.push(partition.name);
      logger.error(`${which}: ${errorText(error)}`);
    }
  }
  if (failed.length > 0) {
    throw new ChurnError(
      'invalid-data',
      `${failed.length} of ${counted(partitions.length, 'partition')} of ${input} failed: ${countedList(failed, MAX_FAILED)}; the others are in ${output}; run the same command again to retry`,
    );
  }
  const scored = partitions.length - done;
  const rejectedFolder = total.rejected.count > 0 ? (rejected ?? `${output}/_rejected`) : undefined;
  const text = [
    ...(scored > 0 && classes.length > 0 ? [calledTable(classes, total.called)] : []),
    ...(total.warnings.rows > 0 ? [warningTable(total.warnings.all)] : []),
    `${counted(scored, 'partition')} scored, ${done} already scored: ${output}`,
    ...(rejectedFolder
      ? [
          `${rejectionText(total.rejected.count, total.scored, total.rejected.reasons)}\nrejected rows: ${rejectedFolder}`,
        ]
      : []),
  ].join('\n\n');
  const files = [
    { what: 'scored rows', path: output },
    ...(rejectedFolder ? [{ what: 'rejected rows', path: rejectedFolder }] : []),
  ];
  const figures = { ...scoredFigures(classes, total), partitions: { scored, scoredBefore: done } };
  return { text, files, figures };
}

/** Scores a partition, unless its output already exists. */
async function scoreOnce(partition: Partition, how: FileScoring): Promise<Tally | undefined> {
  const { scoring, rules, explanations, input } = how;
  const { format, delimiter, encoding, sheet, escapeFormulas } = input;
  const explain = explanations !== undefined;
  const options = { explain, rules, format, delimiter, encoding, sheet, escapeFormulas };
  const source = await sourceOf(partition, scoring.hash, options);
  if (await noteOf(partition, source)) return undefined;
  await removeNote(partition);
  const { tally } = await scoreFile(partition, how);
  await writeNote(partition, source, { scored: tally.scored, rejected: tally.rejected.count });
  return tally;
}
