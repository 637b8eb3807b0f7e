import type { Cell } from '@churn/core';
import { type AtomicWriter, csvRecordFormatter, type RejectedRow } from '@churn/io';
import { type InputOptions, openRows, refuseOutputName } from '../input.js';
import { endOnSignals } from '../terminal/interruption.js';
import type { RowProgress } from '../terminal/row-progress.js';
import { answersOf } from './answers.js';
import type { RowExplanations } from './explained-rows.js';
import { noneScored } from './none-scored.js';
import { openOutput, refuseSameFile, removeOutput } from './output.js';
import { reasonColumns, warningsColumn } from './prediction-columns.js';
import type { RulesMode } from './rules-mode.js';
import { scoredParts } from './scored-parts.js';
import type { AnyScoringModel } from './scoring-model.js';
import { Tally } from './tally.js';

/** The settings of scoring files. */
export interface FileScoring {
  readonly scoring: AnyScoringModel;
  /** The file of the model. */
  readonly modelFile: string;
  readonly rules: RulesMode;
  /** Explains rows, if requested. */
  readonly explanations?: RowExplanations | undefined;
  readonly progress: RowProgress;
  readonly input: InputOptions;
}

/** The input and output files of a scoring. */
export interface ScoredFiles {
  /** A file of raw rows, or `-` for standard input. */
  readonly input: string;
  /** The file for the scored rows, or `-` for standard output. */
  readonly output: string;
  /** The file for rows that cannot be scored, if any. */
  readonly rejected?: string | undefined;
}

/**
 * Rejects outputs that would overwrite an input, or whose extension contradicts their format.
 * @throws `invalid-parameter` naming the option.
 */
export function refuseFiles(
  { input, output, rejected }: ScoredFiles,
  modelFile: string,
  format?: string,
): void {
  const outputs = new Map([
    ['--output', output],
    ...(rejected === undefined ? [] : [['--rejected', rejected] as const]),
  ]);
  const inputs = new Map([
    ['--input', input],
    ['--model', modelFile],
  ]);
  refuseSameFile(outputs, inputs);
  refuseOutputName(output, input, format);
}

/**
 * Scores the rows of a file: writes each unchanged, with added columns for predictions and warnings. Rows that cannot be scored go to a
 * separate file with the reason. Both files appear together at the end. If no row is rejected, the rejected file of an earlier run is
 * removed; if all are, the earlier output stays.
 *
 * @returns the counts, and the name of the input for messages.
 * @throws `invalid-data` if no row can be scored; `invalid-file` if a file cannot be read or written.
 */
export async function scoreFile(
  { input, output, rejected: rejectedFile }: ScoredFiles,
  { scoring, modelFile, rules, explanations, progress, input: options }: FileScoring,
): Promise<{ readonly name: string; readonly tally: Tally }> {
  const source = await openRows(input, scoring, options);
  const reasonNames = explanations ? reasonColumns(scoring) : [];
  const answers = answersOf(scoring);
  const columns = [...answers.columns, ...reasonNames, warningsColumn(scoring)];
  const tally = new Tally(answers.nClasses);
  const interruption = endOnSignals();
  try {
    const scored = await openOutput(output);
    const rejected = rejectedFile === undefined ? undefined : await openRejected(rejectedFile, scored);
    try {
      const parts = scoredParts(source, columns, {
        scoring,
        modelFile,
        rules,
        ...(explanations && {
          explain: { explanations, onRows: progress.explained },
          onRead: progress.read,
        }),
      });
      for await (const part of parts) {
        await scored.write(part.output);
        if (part.rejected.length > 0) {
          const isFirst = tally.rejected.count === 0;
          const { escapeFormulas = false } = options;
          const record = csvRecordFormatter({ delimiter: part.delimiter, escapeFormulas });
          await rejected?.write(rejectedText(part.rejected, isFirst, record));
        }
        tally.add(part);
      }
      if (tally.scored === 0) {
        await rejected?.commit();
        throw noneScored(source.name, tally.rejected.count, tally.rejected.first[0], rejectedFile);
      }
      await scored.write(source.end());
      await Promise.all([scored.seal(), rejected?.seal()]);
      // Must not be interrupted from here, so that both files appear or neither.
      interruption.ignore();
      if (tally.rejected.count > 0) await rejected?.commit();
      else if (rejectedFile !== undefined)
        await Promise.all([rejected?.discard(), removeOutput(rejectedFile)]);
      await scored.commit();
    } catch (error) {
      await Promise.all([scored.discard(), rejected?.discard()]);
      throw error;
    }
  } finally {
    interruption.stop();
  }
  return { name: source.name, tally };
}

/** Opened before any row is rejected, so that a file that cannot be written is reported early. */
async function openRejected(file: string, scored: AtomicWriter): Promise<AtomicWriter> {
  try {
    return await openOutput(file);
  } catch (error) {
    await scored.discard();
    throw error;
  }
}

function rejectedText(
  rows: readonly RejectedRow[],
  withHeader: boolean,
  record: (cells: readonly Cell[]) => string,
): string {
  const header = withHeader ? [['line', 'reason', 'row']] : [];
  const records = [...header, ...rows.map(({ line, reason, row }) => [line, reason, row])];
  return records.map((cells) => `${record(cells)}\n`).join('');
}
