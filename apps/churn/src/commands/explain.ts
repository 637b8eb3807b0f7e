import { ChurnError, type Table } from '@churn/core';
import { toldProbabilities } from '../decision.js';
import type { Explanation } from '../explanation/explain-row.js';
import { createExplainer } from '../explanation/explainer.js';
import { explanationTable } from '../result-table.js';
import { type Format, formatOf, openSource } from '../scoring/open-source.js';
import type { RowBatch } from '../scoring/row-source.js';
import { loadScoringModel } from '../scoring/scoring-model.js';

/** How many rows are explained where none are named. */
const LIKELIEST = 3;

export interface ExplainOptions {
  /** A file of raw rows, or `-` for standard input. */
  readonly input: string;
  /** A model file. */
  readonly model: string;
  readonly format?: Format;
  /** Which rows, counted from 1; default those of the highest probability. */
  readonly rows?: readonly number[];
  /** How many reasons a row gets. */
  readonly top: number;
}

/** A row that was asked for, on its own. */
interface Found {
  readonly row: number;
  readonly line: number;
  readonly probability: number;
  readonly table: Table;
}

/**
 * Tells why rows have their probability of churn.
 *
 * @returns a table of text a row.
 * @throws `invalid-parameter` where there is no such row.
 */
export async function explain({ input, model: file, format, rows, top }: ExplainOptions): Promise<string> {
  const scoring = await loadScoringModel(file);
  const { model } = scoring;
  const source = await openSource(input, format ?? formatOf(input), scoring);
  let found: Found[] = [];
  let before = 0;
  for await (const batch of source.batches([])) {
    const probabilities = toldProbabilities(model.predictProba(batch.table));
    found.push(...wanted(batch, probabilities, before, rows));
    if (!rows) found = found.sort((a, b) => b.probability - a.probability).slice(0, LIKELIEST);
    before += batch.table.nRows;
  }
  const missing = rows?.find((row) => !found.some((each) => each.row === row));
  if (missing !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--row ${missing}: ${source.name} has ${before} rows that can be scored`,
    );
  }
  const explainer = createExplainer(model);
  return found
    .map(({ line, table }): [number, Explanation] => [line, explainer(table)[0]])
    .map(([line, explanation]) => explanationTable(`line ${line}`, explanation, top))
    .join('\n\n');
}

function wanted(
  { table, lines }: RowBatch,
  probabilities: Float64Array,
  before: number,
  rows: readonly number[] | undefined,
): Found[] {
  const chosen = rows
    ? rows.map((row) => row - before - 1).filter((row) => row >= 0 && row < table.nRows)
    : [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]).slice(0, LIKELIEST);
  return chosen.map((row) => ({
    row: row + before + 1,
    line: lines[row],
    probability: probabilities[row],
    table: table.take([row]),
  }));
}
