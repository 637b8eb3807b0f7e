import { ChurnError, type TableSchema } from '@churn/core';
import { type DatasetSchema, quoted, type RejectedRow, type RowBatch } from '@churn/io';
import type { EconomicsConfig } from '../config/economics.js';
import { type InputOptions, openRows, type RowReading } from '../input.js';
import { noneScored } from '../scoring/none-scored.js';
import { scoreBatch } from '../scoring/score-batch.js';
import type { ScoringModel } from '../scoring/scoring-model.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import { missingColumns } from './missing-columns.js';

/** The source of each customer's probability of churn. */
export type ScoreSource =
  | { readonly scoring: ScoringModel }
  /** A column with the probability of customers who are already scored. */
  | { readonly column: string };

/** The position of a customer in the input. */
interface Place {
  readonly batch: RowBatch;
  /** The row in the table of the batch. */
  readonly row: number;
}

/** The data of customers needed besides their probability. */
export interface CustomerNeeds {
  readonly economics: EconomicsConfig;
  /** The numeric columns to read, each with the option or key that names it. */
  readonly columns: ReadonlyMap<string, string>;
  /** The column of uplift, if any. */
  readonly uplift?: string | undefined;
  /** The columns that identify a customer; if the input lacks one, `--id` named it. */
  readonly ids: readonly string[];
}

/** Customers with all data that a campaign needs. */
export interface Customers {
  /** The name of the input, for messages. */
  readonly name: string;
  readonly batches: readonly RowBatch[];
  readonly places: readonly Place[];
  /** The probability of churn of each customer. */
  readonly probabilities: Float64Array;
  /** The decrease of that probability by contact, if the model predicts it. */
  readonly uplift?: Float64Array;
  /** The numbers of each customer, by column. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly rejected: readonly RejectedRow[];
  /** The end of the output. */
  end(): string | Uint8Array;
}

/**
 * Reads customers, and scores them unless they already are. A customer who cannot be scored, or lacks a number that the economics need, is
 * rejected.
 *
 * @param added the columns that the list adds to those of the input.
 * @throws `column-name` if the input lacks a column, naming the option or key that asks for it; `invalid-data` if a column is not numeric, or no customer is left.
 */
export async function readCustomers(
  input: string,
  source: ScoreSource,
  needs: CustomerNeeds,
  added: TableSchema,
  options: InputOptions,
): Promise<Customers> {
  const needed = [...needs.columns.keys()];
  const reading = readingOf(input, source, needs);
  const rows = await openRows(input, reading, options);
  const batches: RowBatch[] = [];
  const places: Place[] = [];
  const probabilities: number[] = [];
  const effects: number[] = [];
  const columns = new Map(needed.map((name) => [name, [] as number[]]));
  const rejected: RejectedRow[] = [];
  const find = async (schema: DatasetSchema) =>
    input === STANDARD_STREAM ? undefined : missingColumns(input, { ...reading, schema }, options);
  for await (const batch of withSettings(rows.batches(added), needs, find)) {
    batches.push(batch);
    const scored =
      'scoring' in source
        ? await scoreBatch(source.scoring, batch)
        : {
            rows: Int32Array.from({ length: batch.table.nRows }, (_, row) => row),
            predictions: [new Float64Array(0), batch.table.numeric(source.column)],
            uplift: undefined,
            rejected: batch.rejected,
          };
    rejected.push(...scored.rejected);
    const numbers = needed.map((name) => ({ name, values: batch.table.numeric(name) }));
    scored.rows.forEach((row, i) => {
      const fault = faultOf(row, numbers, source, needs);
      if (fault !== undefined) {
        rejected.push({ line: batch.lines[row], reason: fault, row: batch.text(row) });
        return;
      }
      places.push({ batch, row });
      probabilities.push(scored.predictions[1][i]);
      if (scored.uplift) effects.push(scored.uplift[i]);
      for (const { name, values } of numbers) columns.get(name)?.push(values[row]);
    });
  }
  rejected.sort((a, b) => a.line - b.line);
  if (places.length === 0) throw noneScored(rows.name, rejected.length, rejected[0]);
  return {
    name: rows.name,
    batches,
    places,
    probabilities: Float64Array.from(probabilities),
    ...(effects.length > 0 && { uplift: Float64Array.from(effects) }),
    columns: new Map(Array.from(columns, ([name, values]) => [name, Float64Array.from(values)])),
    rejected,
    end: () => rows.end(),
  };
}

/** Names the option or key in an error about a column that the input lacks. */
async function* withSettings(
  batches: AsyncIterable<RowBatch>,
  { columns, ids }: CustomerNeeds,
  find: (schema: DatasetSchema) => Promise<ChurnError | undefined>,
): AsyncIterable<RowBatch> {
  try {
    yield* batches;
  } catch (error) {
    if (!ChurnError.is(error) || error.code !== 'column-name') throw error;
    for (const [name, setting] of [...columns, ...ids.map((id) => [id, '--id'] as const)]) {
      const missing = await find([{ name, kind: 'category' }]);
      if (missing) throw new ChurnError(missing.code, `${setting}: ${missing.message}`, { cause: error });
    }
    throw error;
  }
}

/** The columns of the model and the other required ones. */
function readingOf(input: string, source: ScoreSource, { columns, ids }: CustomerNeeds): RowReading {
  const known: DatasetSchema = 'scoring' in source ? source.scoring.schema : [];
  for (const { name, kind } of known) {
    const setting = columns.get(name);
    if (kind === 'numeric' || setting === undefined) continue;
    throw new ChurnError(
      'invalid-data',
      `${setting}: expected a numeric column, got ${quoted(name)}, which has ${kind === 'date' ? 'dates' : 'categories'} in ${input}`,
    );
  }
  const schema = new Map([
    ...ids.map((name) => [name, { name, kind: 'category' as const }] as const),
    ...Array.from(columns.keys(), (name) => [name, { name, kind: 'numeric' as const }] as const),
    ...known.map((column) => [column.name, column] as const),
  ]);
  const reading = { schema: [...schema.values()] };
  return 'scoring' in source ? { ...source.scoring, ...reading } : reading;
}

/** The error in the numbers of a customer. */
function faultOf(
  row: number,
  numbers: readonly { readonly name: string; readonly values: Float64Array }[],
  source: ScoreSource,
  { economics, uplift }: CustomerNeeds,
): string | undefined {
  const { value, contact, offer, acceptance } = economics;
  for (const { name, values } of numbers) {
    const isShare = name === acceptance || ('column' in source && name === source.column);
    const isCost = name === contact || name === offer;
    const least = isShare || isCost ? 0 : name === uplift ? -1 : -Infinity;
    const most = isShare || name === uplift ? 1 : Infinity;
    const number = values[row];
    if (number >= least && number <= most && Number.isFinite(number)) continue;
    const range = most === 1 ? ` from ${least} to 1` : least === 0 ? ' of at least 0' : '';
    const what = name === value ? 'the value of the customer' : `a number${range}`;
    return `column "${name}": expected ${what}, got ${Number.isNaN(number) ? 'none' : number}`;
  }
  return undefined;
}
