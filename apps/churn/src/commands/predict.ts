import type { Cell } from '@churn/core';
import { type AtomicWriter, csvRecordFormatter, type RejectedRow } from '@churn/io';
import { type InputOptions, openRows, refuseOutputName } from '../input.js';
import type { NamedModel } from '../registry/named-model.js';
import { explainRows } from '../scoring/explained-rows.js';
import { noneScored } from '../scoring/none-scored.js';
import { openOutput, refuseSameFile, removeOutput, STANDARD_STREAM } from '../scoring/output.js';
import { predictionColumns, reasonColumns, warningsColumn } from '../scoring/prediction-columns.js';
import type { RulesMode } from '../scoring/reject-broken.js';
import { type LikelyRow, likeliestOf, type ScoredPart } from '../scoring/score-part.js';
import { scoredParts } from '../scoring/scored-parts.js';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model.js';
import { totalText, WarningTotals } from '../scoring/warning-totals.js';
import { endOnSignals } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { calledTable, likeliestTable, warningTable } from '../terminal/result-table.js';
import { rowProgress } from '../terminal/row-progress.js';

/** How many rejected rows are told one by one where no file takes them. */
const TOLD = 5;

export interface PredictOptions extends InputOptions {
  /** A file of raw rows, or `-` for standard input. */
  readonly input: string;
  readonly model: NamedModel;
  /** Where the scored rows go, or `-` for standard output. */
  readonly output: string;
  /** Where rows that cannot be scored go; default beside the output. */
  readonly rejected?: string;
  /** Whether to add the three strongest reasons of each row. */
  readonly explain?: boolean;
  /** Whether rows against the declared rules are scored with a warning, or rejected; default `warn`. */
  readonly rules?: RulesMode;
}

/** What a run has seen so far. */
interface Tally {
  scored: number;
  /** How many rows each class was called for. */
  readonly called: number[];
  readonly rejected: { count: number; first: RejectedRow[] };
  likeliest: readonly LikelyRow[];
  readonly warnings: WarningTotals;
}

/**
 * Scores raw rows with a saved model, however many there are: each row as it came, with the
 * columns of `predictionColumns` and what is odd about it. Rows that cannot be scored go to a file of their
 * own with the reason. Both files appear at the end, together; where no row is rejected, such a file of an earlier run goes, and where
 * all are, what the output held stays.
 *
 * @returns a summary to show a user.
 * @throws `invalid-data` where no row can be scored; `invalid-parameter` where a result would replace what is read.
 */
export async function predict(options: PredictOptions, logger: Logger): Promise<string> {
  const { input, output, explain = false, rules = 'warn', escapeFormulas = false } = options;
  const rejectedFile =
    options.rejected ?? (output === STANDARD_STREAM ? undefined : `${output}.rejected.csv`);
  refuseSameFile(
    new Map([
      ['--output', output],
      ...(rejectedFile === undefined ? [] : [['--rejected', rejectedFile] as const]),
    ]),
    new Map([
      ['--input', input],
      ['--model', options.model.file],
    ]),
  );
  refuseOutputName(output, input, options.format);
  const scoring = await loadScoringModel(options.model.file);
  const source = await openRows(input, scoring, options);
  const explanations = explain ? await explainRows(scoring, options.model.file) : undefined;
  const progress = rowProgress(logger);
  const reasonNames = explain ? reasonColumns(scoring) : [];
  const columns = [...predictionColumns(scoring), ...reasonNames, warningsColumn(scoring)];
  const tally: Tally = {
    scored: 0,
    called: scoring.classes.map(() => 0),
    rejected: { count: 0, first: [] },
    likeliest: [],
    warnings: new WarningTotals(),
  };
  const interruption = endOnSignals();
  const scored = await openOutput(output);
  const rejected = rejectedFile === undefined ? undefined : await openRejected(rejectedFile, scored);
  try {
    const parts = scoredParts(source, columns, {
      scoring,
      modelFile: options.model.file,
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
        const record = csvRecordFormatter({ delimiter: part.delimiter, escapeFormulas });
        await rejected?.write(rejectedText(part.rejected, isFirst, record));
      }
      count(tally, part);
    }
    if (tally.scored === 0) {
      await rejected?.commit();
      throw noneScored(source.name, tally.rejected.count, tally.rejected.first[0], rejectedFile);
    }
    await scored.write(source.end());
    await Promise.all([scored.seal(), rejected?.seal()]);
    // From here to the end of both it takes moments, in which half of the results is no answer.
    interruption.ignore();
    if (tally.rejected.count > 0) await rejected?.commit();
    else if (rejectedFile !== undefined) await Promise.all([rejected?.discard(), removeOutput(rejectedFile)]);
    await scored.commit();
  } catch (error) {
    await Promise.all([scored.discard(), rejected?.discard()]);
    throw error;
  } finally {
    interruption.stop();
    progress.stop();
    await explanations?.close();
  }
  const told = tally.rejected.count > 0 ? rejectedFile : undefined;
  return summary(source.name, options, scoring, tally, told, logger);
}

/** Before any row is rejected, so that a file that cannot be written is told before the work. */
async function openRejected(file: string, scored: AtomicWriter): Promise<AtomicWriter> {
  try {
    return await openOutput(file);
  } catch (error) {
    await scored.discard();
    throw error;
  }
}

function count(tally: Tally, { scored, called, rejected, likeliest, warnings }: ScoredPart): void {
  tally.scored += scored;
  called.forEach((rows, code) => {
    tally.called[code] += rows;
  });
  tally.rejected.count += rejected.length;
  tally.rejected.first.push(...rejected.slice(0, TOLD - tally.rejected.first.length));
  tally.likeliest = likeliestOf([...tally.likeliest, ...likeliest]);
  tally.warnings.merge(warnings);
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

function summary(
  name: string,
  { output, model }: PredictOptions,
  { classes }: ScoringModel,
  { scored, called, rejected, likeliest, warnings }: Tally,
  rejectedFile: string | undefined,
  logger: Logger,
): string {
  const without = rejected.count > 0 ? `, ${rejected.count} rejected` : '';
  const counts = classes.map((label, code) => `${called[code]} "${label}"`);
  logger.info(`scored ${scored} rows of ${name} with ${model.name}: ${counts.join(', ')}${without}`);
  if (rejected.count > 0 && rejectedFile === undefined) {
    for (const { line, reason } of rejected.first)
      logger.warn(`${name}, line ${line}: ${reason}; not scored`);
    if (rejected.count > TOLD) logger.warn(`and ${rejected.count - TOLD} more; --rejected FILE takes them`);
  }
  // On a terminal the summary shows them.
  if (output === STANDARD_STREAM)
    for (const total of warnings.all) logger.warn(`${name}, ${totalText(total)}`);
  const files = [`scored rows: ${output}`, ...(rejectedFile ? [`rejected rows: ${rejectedFile}`] : [])];
  const table = classes.length === 2 ? likeliestTable(classes[1], likeliest) : calledTable(classes, called);
  const tables = warnings.rows > 0 ? [table, warningTable(warnings.all)] : [table];
  return `${tables.join('\n\n')}\n\n${files.join('\n')}`;
}
