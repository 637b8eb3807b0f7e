import { ChurnError, type Table } from '@churn/core';
import { fourDigits } from '@churn/eda';
import type { RejectedRow, RowBatch } from '@churn/io';
import {
  type CounterfactualSettings,
  createCounterfactualFinder,
  seenRows,
} from '../explanation/counterfactual-finder.js';
import { counterfactualLines, type DescribedCounterfactual } from '../explanation/counterfactual-text.js';
import { type CurrentDecision, currentDecision } from '../explanation/current-decision.js';
import type { Explanation, RowExplanation } from '../explanation/explain-row.js';
import { explainerOf } from '../explanation/explainer.js';
import { interactionTable, requireInteractions, rowInteractions } from '../explanation/row-interactions.js';
import { type InputOptions, openRows } from '../input.js';
import type { NamedModel } from '../registry/named-model.js';
import { answersOf } from '../scoring/answers.js';
import { faultText } from '../scoring/fault-text.js';
import { noneScored } from '../scoring/none-scored.js';
import { rowWarnings } from '../scoring/row-warnings.js';
import { type ScoredBatch, scoreBatch } from '../scoring/score-batch.js';
import {
  type AnyScoringModel,
  loadAnyModel,
  type TimelessScoringModel,
  timeless,
} from '../scoring/scoring-model.js';
import type { Logger } from '../terminal/logger.js';
import type { Outcome } from '../terminal/outcome.js';
import { explanationTable } from '../terminal/result-table.js';

/** The number of rows explained by default. */
const HIGHEST = 3;

export interface ExplainOptions extends InputOptions {
  /** A file of raw rows, or `-` for standard input. */
  readonly input: string;
  readonly model: NamedModel;
  /** The rows to explain, counted from 1; by default those with the highest probability, value or risk. */
  readonly rows?: readonly number[];
  /** The number of reasons per row. */
  readonly top: number;
  /** Whether to report interactions, for tree models. */
  readonly interactions?: boolean;
  /** The settings of counterfactuals; by default there are none. */
  readonly counterfactuals?: CounterfactualSettings & {
    /** A file of rows like the training rows. */
    readonly data: string;
  };
}

/** A row that can be scored, as a table of its own. */
interface Found {
  /** The number of the row, counted from 1, as in `--row`. */
  readonly row: number;
  readonly line: number;
  /** Its predicted probability or value. */
  readonly predictedValue: number;
  /** The decrease of the probability by the treatment, if the model predicts it. */
  readonly uplift: number | undefined;
  readonly table: Table;
}

/**
 * Explains each row's prediction: a probability, a value or a risk.
 *
 * @returns the explanation of each row.
 * @throws `invalid-parameter` if a row does not exist, or counterfactuals of the model need a value to reach or have none; `invalid-data` if a requested row cannot be scored or explained, or if no row can
 * be.
 */
export async function explain(
  { input, model: { file }, rows, top, interactions = false, counterfactuals, ...options }: ExplainOptions,
  logger: Logger,
): Promise<Outcome> {
  const scoring = await loadAnyModel(file);
  if (interactions) requireInteractions(scoring.model);
  const source = await openRows(input, scoring, options);
  const changes =
    counterfactuals && (await changesOf(timeless(scoring, file, '--counterfactuals'), counterfactuals));
  const named = new Map<number, Found | RejectedRow>();
  let highest: Found[] = [];
  let first: RejectedRow | undefined;
  let count = 0;
  for await (const batch of source.batches()) {
    const scored = await scoreBatch(scoring, batch);
    first ??= scored.rejected[0];
    const found = foundRows(scoring, batch, scored, count);
    if (rows) {
      const all = [...found, ...scored.rejected].sort((a, b) => a.line - b.line);
      for (const row of rows) {
        const place = row - count - 1;
        if (place in all) named.set(row, all[place]);
      }
    }
    highest = [...highest, ...found].sort((a, b) => b.predictedValue - a.predictedValue).slice(0, HIGHEST);
    count += found.length + scored.rejected.length;
  }
  const chosen = rows?.map((row) => {
    const each = named.get(row);
    if (each && 'table' in each) return each;
    throw each
      ? new ChurnError('invalid-data', `--row ${row}: ${source.name}, line ${each.line}: ${each.reason}`)
      : new ChurnError(
          'invalid-parameter',
          `--row: expected a row from 1 to ${count} of ${source.name}, got ${row}`,
        );
  });
  if (highest.length === 0 && first) {
    throw noneScored(source.name, count, first);
  }
  return explanations(source.name, scoring, chosen ?? highest, {
    ...{ top, changes, interactions, logger },
    mustAll: rows !== undefined,
  });
}

/** @param before the number of rows in earlier batches. */
function foundRows(
  scoring: AnyScoringModel,
  { table, lines }: RowBatch,
  scored: ScoredBatch,
  before: number,
): Found[] {
  const { rows, uplift, rejected } = scored;
  const { rank } = answersOf(scoring).describe(scored);
  const all = [...Array.from(rows, (row) => lines[row]), ...rejected.map(({ line }) => line)];
  const numbers = new Map(all.sort((a, b) => a - b).map((line, i) => [line, before + i + 1]));
  return Array.from(rows, (row, i) => ({
    row: numbers.get(lines[row]) as number,
    line: lines[row],
    predictedValue: rank[i],
    uplift: uplift?.[i],
    // Lazy, since most rows are never explained.
    get table() {
      return table.take([row]);
    },
  }));
}

interface ExplanationOptions {
  readonly top: number;
  readonly changes: RowChanges | undefined;
  readonly interactions: boolean;
  /** Whether a row that cannot be explained is an error, instead of skipped with a warning. */
  readonly mustAll: boolean;
  readonly logger: Logger;
}

function explanations(
  name: string,
  scoring: AnyScoringModel,
  found: readonly Found[],
  { top, changes, interactions, mustAll, logger }: ExplanationOptions,
): Outcome {
  const explainer = explainerOf(scoring.model);
  const judge = rowWarnings(scoring);
  const tables: string[] = [];
  const figures: object[] = [];
  for (const { row, line, table, predictedValue, uplift } of found) {
    try {
      const [explanation] = explainer(table);
      const warnings = (judge.ofTable(table).get(0) ?? []).map(({ text }) => text);
      const change = changes?.(table);
      const pairs = interactions ? rowInteractions(scoring.model, table, top) : undefined;
      const effect = uplift === undefined ? '' : `, uplift ${uplift.toFixed(4)}`;
      const title = `${rowText(row, line)}: ${predictionText(scoring, explanation, predictedValue)}${effect}`;
      const parts = [
        explanationTable(title, explanation, top),
        ...(pairs ? [interactionTable(pairs)] : []),
        ...(change ? counterfactualLines(change.counterfactuals, change.decision) : []),
        ...warnings.map((text) => `warning: ${text}`),
      ];
      tables.push(parts.join('\n'));
      const { reasons, ...said } = explanation;
      const own = { ...said, uplift, reasons: reasons.slice(0, top), interactions: pairs };
      figures.push({ row, line, ...own, ...change, warnings });
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      const [fault = { detail: error.message }] = error.faults ?? [];
      const message = `${name}, ${rowText(row, line)} cannot be explained: ${faultText(fault)}`;
      const isLast = line === found[found.length - 1].line;
      if (mustAll || (isLast && tables.length === 0)) {
        throw new ChurnError('invalid-data', message, { cause: error });
      }
      logger.warn(message);
    }
  }
  return { text: tables.join('\n\n'), figures: { rows: figures } };
}

/** The number of a row, as in `--row`, and the line of the file if it differs. */
function rowText(row: number, line: number): string {
  return row === line ? `row ${row}` : `row ${row} (line ${line})`;
}

/** The decision about a table's only row, and what would alter it. */
type RowChanges = (row: Table) => {
  readonly decision: CurrentDecision;
  readonly counterfactuals: readonly DescribedCounterfactual[];
};

async function changesOf(
  scoring: TimelessScoringModel,
  { data, ...settings }: NonNullable<ExplainOptions['counterfactuals']>,
): Promise<RowChanges> {
  requireTarget(scoring, settings.target);
  const find = createCounterfactualFinder(scoring, await seenRows(data, scoring), settings);
  return (row) => ({
    decision: currentDecision(scoring, row, settings.target),
    counterfactuals: find(row)[0],
  });
}

/** @throws `invalid-parameter` for regression without a value to reach, and for classification with one. */
function requireTarget({ task }: TimelessScoringModel, target: number | undefined): void {
  if ((task === 'value') === (target !== undefined)) return;
  throw new ChurnError(
    'invalid-parameter',
    task === 'value'
      ? '--target: expected the value to reach, since the model predicts values, got none'
      : `--target ${target}: expected none, since the model predicts classes`,
  );
}

/** The prediction for a row. @param predictedValue its probability or value. */
function predictionText(
  scoring: AnyScoringModel,
  explanation: RowExplanation,
  predictedValue: number,
): string {
  if (scoring.task === 'value') return `predicted ${fourDigits(predictedValue)}`;
  if (scoring.task === 'survival') {
    const { horizons } = scoring.durations;
    return `probability ${predictedValue.toFixed(4)} of ${scoring.predicts} within ${horizons[horizons.length - 1]}`;
  }
  const { probability, label } = explanation as Explanation;
  return `probability ${probability.toFixed(4)} of "${label}"`;
}
