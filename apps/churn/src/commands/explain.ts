import { ChurnError, type Table } from '@churn/core';
import type { RejectedRow, RowBatch } from '@churn/io';
import { createExplainer } from '../explanation/explainer.js';
import { type InputOptions, openRows } from '../input.js';
import { toldProbabilities } from '../model/decision.js';
import type { NamedModel } from '../registry/named-model.js';
import { faultText } from '../scoring/fault-text.js';
import { noneScored } from '../scoring/none-scored.js';
import { rowWarnings } from '../scoring/row-warnings.js';
import { type ScoredBatch, scoreBatch } from '../scoring/score-batch.js';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model.js';
import type { Logger } from '../terminal/logger.js';
import { explanationTable } from '../terminal/result-table.js';

/** How many rows are explained where none are named. */
const LIKELIEST = 3;

export interface ExplainOptions extends InputOptions {
  /** A file of raw rows, or `-` for standard input. */
  readonly input: string;
  readonly model: NamedModel;
  /** Which rows, counted from 1; default those of the highest probability. */
  readonly rows?: readonly number[];
  /** How many reasons a row gets. */
  readonly top: number;
}

/** A row that can be scored, on its own. */
interface Found {
  readonly line: number;
  readonly probability: number;
  readonly table: Table;
}

/**
 * Tells why rows have their probability of churn.
 *
 * @returns a table of text a row.
 * @throws `invalid-parameter` where there is no such row; `invalid-data` where a row that is named cannot be scored or explained, or
 *   none at all can be.
 */
export async function explain(
  { input, model: { file }, rows, top, ...options }: ExplainOptions,
  logger: Logger,
): Promise<string> {
  const scoring = await loadScoringModel(file);
  const source = await openRows(input, scoring, options);
  const named = new Map<number, Found | RejectedRow>();
  let likeliest: Found[] = [];
  let first: RejectedRow | undefined;
  let count = 0;
  for await (const batch of source.batches()) {
    const scored = await scoreBatch(scoring, batch);
    first ??= scored.rejected[0];
    const found = foundRows(batch, scored);
    const all = rows ? [...found, ...scored.rejected].sort((a, b) => a.line - b.line) : [];
    for (const row of rows ?? []) {
      const place = row - count - 1;
      if (place in all) named.set(row, all[place]);
    }
    likeliest = [...likeliest, ...found].sort((a, b) => b.probability - a.probability).slice(0, LIKELIEST);
    count += found.length + scored.rejected.length;
  }
  const chosen = rows?.map((row) => {
    const each = named.get(row);
    if (each && 'table' in each) return each;
    throw each
      ? new ChurnError('invalid-data', `--row ${row}: ${source.name}, line ${each.line}: ${each.reason}`)
      : new ChurnError('invalid-parameter', `--row ${row}: ${source.name} has ${count} rows`);
  });
  if (likeliest.length === 0 && first) {
    throw noneScored(source.name, count, first);
  }
  return explanations(source.name, scoring, chosen ?? likeliest, {
    top,
    mustAll: rows !== undefined,
    logger,
  });
}

function foundRows({ table, lines }: RowBatch, { rows, probabilities }: ScoredBatch): Found[] {
  const told = toldProbabilities(probabilities);
  return Array.from(rows, (row, i) => ({
    line: lines[row],
    probability: told[i],
    // As late as it is needed: of most rows it never is.
    get table() {
      return table.take([row]);
    },
  }));
}

/** @param mustAll whether a row that cannot be explained ends it, and is not passed over with a warning. */
function explanations(
  name: string,
  scoring: Pick<ScoringModel, 'model' | 'schema'>,
  found: readonly Found[],
  { top, mustAll, logger }: { readonly top: number; readonly mustAll: boolean; readonly logger: Logger },
): string {
  const explainer = createExplainer(scoring.model);
  const judge = rowWarnings(scoring);
  const tables: string[] = [];
  for (const { line, table } of found) {
    try {
      const [explanation] = explainer(table);
      const warnings = (judge.ofTable(table).get(0) ?? []).map(({ text }) => `warning: ${text}`);
      tables.push([explanationTable(`line ${line}`, explanation, top), ...warnings].join('\n'));
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      const [fault = { detail: error.message }] = error.faults ?? [];
      const message = `${name}, line ${line} cannot be explained: ${faultText(fault)}`;
      const isLast = line === found[found.length - 1].line;
      if (mustAll || (isLast && tables.length === 0)) {
        throw new ChurnError('invalid-data', message, { cause: error });
      }
      logger.warn(message);
    }
  }
  return tables.join('\n\n');
}
