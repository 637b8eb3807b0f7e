import { type Cell, ChurnError } from '@churn/core';
import { formatCsv, loadModel } from '@churn/io';
import { createExplainer, type Explainer } from '../explanation/explainer.js';
import type { Logger } from '../logger.js';
import { modelClasses } from '../processing.js';
import { likeliestTable } from '../result-table.js';
import { type Format, formatOf, openSource } from '../scoring/open-source.js';
import { type Output, openOutput, STANDARD_STREAM } from '../scoring/output.js';
import type { RejectedRow, RowBatch } from '../scoring/row-source.js';
import { type Decision, decisionAt, thresholdOf } from '../threshold.js';
import { missingValuesOf } from '../training-record.js';

const ADDED = ['churn_probability', 'churn_prediction'];
const REASONS = ['churn_reason_1', 'churn_reason_2', 'churn_reason_3'];
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
  positives: number;
  readonly rejected: { count: number; first: RejectedRow[] };
  likeliest: { line: number; probability: number }[];
}

/**
 * Scores raw rows with a saved model, however many there are: each row as it came, with the probability of the positive class
 * and the prediction, 1 where that is at least the threshold that training chose. Rows that cannot be scored go to a file of their
 * own with the reason.
 *
 * @returns a summary to show a user.
 * @throws `invalid-data` where no row can be scored.
 */
export async function predict(options: PredictOptions, logger: Logger): Promise<string> {
  const { input, output, explain = false } = options;
  const { model, training } = await loadModel(options.model, modelClasses);
  const format = options.format ?? formatOf(input);
  const source = await openSource(input, format, model, missingValuesOf(training));
  const decide = decisionAt(thresholdOf(training));
  const explainer = explain ? createExplainer(model) : undefined;
  const score = (batch: RowBatch) => model.predictProba(batch.table)[1];
  const tally: Tally = { scored: 0, positives: 0, rejected: { count: 0, first: [] }, likeliest: [] };
  const rejectedFile =
    options.rejected ?? (output === STANDARD_STREAM ? undefined : `${output}.rejected.csv`);
  const scored = await openOutput(output);
  let rejected: Output | undefined;
  try {
    for await (const batch of source.batches(explain ? [...ADDED, ...REASONS] : ADDED)) {
      const probabilities = score(batch);
      await scored.write(batch.format(addedColumns(batch, probabilities, decide, explainer)));
      count(tally, batch, probabilities, decide);
      if (batch.rejected.length > 0 && rejectedFile !== undefined) {
        const isFirst = rejected === undefined;
        rejected ??= await openOutput(rejectedFile);
        await rejected.write(rejectedText(batch.rejected, isFirst));
      }
    }
    if (tally.scored === 0) throw noneScored(source.name, tally);
    await rejected?.commit();
    await scored.commit();
  } catch (error) {
    await Promise.all([scored.discard(), rejected?.discard()]);
    throw error;
  }
  return summary(source.name, options, tally, rejected && rejectedFile, logger);
}

function addedColumns(
  { table }: RowBatch,
  probabilities: Float64Array,
  decide: Decision,
  explainer: Explainer | undefined,
): Cell[][] {
  const scores = Array.from(probabilities);
  const columns: Cell[][] = [scores, scores.map((probability) => (decide(probability) ? 1 : 0))];
  if (!explainer) return columns;
  const explanations = explainer(table);
  return [...columns, ...REASONS.map((_, i) => explanations.map(({ reasons }) => reasons[i]?.text ?? ''))];
}

function count(tally: Tally, batch: RowBatch, probabilities: Float64Array, decide: Decision): void {
  tally.scored += probabilities.length;
  tally.positives += probabilities.filter(decide).length;
  tally.rejected.count += batch.rejected.length;
  tally.rejected.first.push(...batch.rejected.slice(0, TOLD - tally.rejected.first.length));
  const least = tally.likeliest.length < SHOWN ? -1 : tally.likeliest[SHOWN - 1].probability;
  const fresh: Tally['likeliest'] = [];
  probabilities.forEach((probability, row) => {
    if (probability > least) fresh.push({ line: batch.lines[row], probability });
  });
  tally.likeliest = [...tally.likeliest, ...fresh]
    .sort((a, b) => b.probability - a.probability || a.line - b.line)
    .slice(0, SHOWN);
}

function rejectedText(rows: readonly RejectedRow[], withHeader: boolean): string {
  const text = formatCsv(
    ['line', 'reason', 'row'],
    rows.map(({ line, reason, row }) => [line, reason, row]),
  );
  return withHeader ? text : text.slice(text.indexOf('\n') + 1);
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
  { scored, positives, rejected, likeliest }: Tally,
  rejectedFile: string | undefined,
  logger: Logger,
): string {
  const without = rejected.count > 0 ? `, ${rejected.count} rejected` : '';
  logger.info(`scored ${scored} rows of ${name} with ${model}: ${positives} predicted to churn${without}`);
  if (rejected.count > 0 && rejectedFile === undefined) {
    for (const { line, reason } of rejected.first)
      logger.warn(`${name}, line ${line}: ${reason}; not scored`);
    if (rejected.count > TOLD) logger.warn(`and ${rejected.count - TOLD} more; --rejected FILE takes them`);
  }
  const files = [`scored rows: ${output}`, ...(rejectedFile ? [`rejected rows: ${rejectedFile}`] : [])];
  return `${likeliestTable(likeliest)}\n\n${files.join('\n')}`;
}
