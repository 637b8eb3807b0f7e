import { ChurnError } from '@churn/core';
import { csvRecordFormatter } from '@churn/io';
import { toldProbabilities } from '../decision.js';
import { createExplainer } from '../explanation/explainer.js';
import type { Logger } from '../logger.js';
import { calledTable, likeliestTable } from '../result-table.js';
import { type Format, formatOf, openSource } from '../scoring/open-source.js';
import { type Output, openOutput, STANDARD_STREAM } from '../scoring/output.js';
import { predictionCells, predictionColumns, reasonColumns } from '../scoring/prediction-columns.js';
import type { RejectedRow, RowBatch } from '../scoring/row-source.js';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model.js';

/** How many of the likeliest rows the summary shows. */
const SHOWN = 5;
/** How many rejected rows are told one by one where no file takes them. */
const TOLD = 5;

export interface PredictOptions {
  /** A file of raw rows, or `-` for standard input. */
  readonly input: string;
  /** A model file. */
  readonly model: string;
  /** Where the scored rows go, or `-` for standard output. */
  readonly output: string;
  /** Default by the name of the input. */
  readonly format?: Format;
  /** Where rows that cannot be scored go; default beside the output. */
  readonly rejected?: string;
  /** Whether to add the three strongest reasons of each row. */
  readonly explain?: boolean;
}

/** What a run has seen so far. */
interface Tally {
  scored: number;
  /** How many rows each class was called for. */
  readonly called: number[];
  readonly rejected: { count: number; first: RejectedRow[] };
  likeliest: { line: number; probability: number }[];
}

/**
 * Scores raw rows with a saved model, however many there are: each row as it came, with the
 * columns of `predictionColumns`. Rows that cannot be scored go to a file of their
 * own with the reason.
 *
 * @returns a summary to show a user.
 * @throws `invalid-data` where no row can be scored.
 */
export async function predict(options: PredictOptions, logger: Logger): Promise<string> {
  const { input, output, explain = false } = options;
  const scoring = await loadScoringModel(options.model);
  const { model } = scoring;
  const format = options.format ?? formatOf(input);
  const source = await openSource(input, format, scoring);
  const explainer = explain ? createExplainer(model) : undefined;
  const reasonNames = explain ? reasonColumns(scoring) : [];
  const tally: Tally = {
    scored: 0,
    called: scoring.classes.map(() => 0),
    rejected: { count: 0, first: [] },
    likeliest: [],
  };
  const rejectedFile =
    options.rejected ?? (output === STANDARD_STREAM ? undefined : `${output}.rejected.csv`);
  const scored = await openOutput(output);
  let rejected: Output | undefined;
  try {
    for await (const batch of source.batches([...predictionColumns(scoring), ...reasonNames])) {
      const probabilities = model.predictProba(batch.table);
      const called = scoring.decide(probabilities);
      const explanations = explainer?.(batch.table, probabilities) ?? [];
      const reasons = reasonNames.map((_, i) => explanations.map((each) => each.reasons[i]?.text ?? ''));
      await scored.write(batch.format([...predictionCells(scoring, probabilities, called), ...reasons]));
      count(tally, batch, probabilities, called);
      if (batch.rejected.length > 0 && rejectedFile !== undefined) {
        const isFirst = rejected === undefined;
        rejected ??= await openOutput(rejectedFile);
        await rejected.write(rejectedText(batch.rejected, isFirst, scoring));
      }
    }
    if (tally.scored === 0) throw noneScored(source.name, tally);
    if (source.end) await scored.write(source.end());
    await rejected?.commit();
    await scored.commit();
  } catch (error) {
    await Promise.all([scored.discard(), rejected?.discard()]);
    throw error;
  }
  return summary(source.name, options, scoring, tally, rejected && rejectedFile, logger);
}

function count(
  tally: Tally,
  batch: RowBatch,
  probabilities: readonly Float64Array[],
  called: Int32Array,
): void {
  tally.scored += called.length;
  for (const code of called) tally.called[code]++;
  tally.rejected.count += batch.rejected.length;
  tally.rejected.first.push(...batch.rejected.slice(0, TOLD - tally.rejected.first.length));
  const least = tally.likeliest.length < SHOWN ? -1 : tally.likeliest[SHOWN - 1].probability;
  const fresh: Tally['likeliest'] = [];
  toldProbabilities(probabilities).forEach((probability, row) => {
    if (probability > least) fresh.push({ line: batch.lines[row], probability });
  });
  tally.likeliest = [...tally.likeliest, ...fresh]
    .sort((a, b) => b.probability - a.probability || a.line - b.line)
    .slice(0, SHOWN);
}

function rejectedText(
  rows: readonly RejectedRow[],
  withHeader: boolean,
  { delimiter }: ScoringModel,
): string {
  const record = csvRecordFormatter({ delimiter });
  const header = withHeader ? [['line', 'reason', 'row']] : [];
  const records = [...header, ...rows.map(({ line, reason, row }) => [line, reason, row])];
  return records.map((cells) => `${record(cells)}\n`).join('');
}

function noneScored(name: string, { rejected }: Tally): ChurnError {
  const [{ line, reason }] = rejected.first;
  return new ChurnError(
    'invalid-data',
    `${name}: none of ${rejected.count} rows can be scored; line ${line}: ${reason}`,
  );
}

function summary(
  name: string,
  { output, model }: PredictOptions,
  { classes }: ScoringModel,
  { scored, called, rejected, likeliest }: Tally,
  rejectedFile: string | undefined,
  logger: Logger,
): string {
  const without = rejected.count > 0 ? `, ${rejected.count} rejected` : '';
  const counts = classes.map((label, code) => `${called[code]} "${label}"`);
  logger.info(`scored ${scored} rows of ${name} with ${model}: ${counts.join(', ')}${without}`);
  if (rejected.count > 0 && rejectedFile === undefined) {
    for (const { line, reason } of rejected.first)
      logger.warn(`${name}, line ${line}: ${reason}; not scored`);
    if (rejected.count > TOLD) logger.warn(`and ${rejected.count - TOLD} more; --rejected FILE takes them`);
  }
  const files = [`scored rows: ${output}`, ...(rejectedFile ? [`rejected rows: ${rejectedFile}`] : [])];
  const table = classes.length === 2 ? likeliestTable(classes[1], likeliest) : calledTable(classes, called);
  return `${table}\n\n${files.join('\n')}`;
}
