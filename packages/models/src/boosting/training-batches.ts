import {
  ChurnError,
  checkedWeights,
  conformTo,
  type FitOptions,
  Labels,
  type LabelsLike,
  requireTable,
  requireTargetPerRow,
  schemaOf,
  type Table,
} from '@churn/core';

/** A batch of labelled rows. */
export interface TrainingBatch extends FitOptions {
  readonly x: Table;
  readonly y: LabelsLike;
}

/**
 * Batches of labelled rows that need not be in memory together. They are read twice and must be the same both times: an array, or an
 * object whose `[Symbol.asyncIterator]` restarts, but not a generator.
 */
export type TrainingBatches = AsyncIterable<TrainingBatch> | Iterable<TrainingBatch>;

/** A validated batch. */
export interface CheckedBatch {
  /** The columns of the first batch, in its order. */
  readonly x: Table;
  readonly labels: Labels;
  readonly weights: Float64Array | undefined;
  /** The number of the batch, and the index of its first row among all rows. */
  readonly number: number;
  readonly first: number;
}

/**
 * Iterates over batches, all of which must have the same columns.
 *
 * @param expected a table of these columns; default the first batch.
 * @throws what is wrong with a batch, naming its number, counted from 0; the rows of an error are those of the batch.
 */
export async function* checkedBatches(
  batches: TrainingBatches,
  expected?: Table,
): AsyncGenerator<CheckedBatch> {
  requireIterable(batches);
  let number = 0;
  let known = expected;
  let first = 0;
  for await (const batch of batches) {
    const checked = inBatch(number, () => {
      requireBatch(batch);
      return checkBatch(batch, known ?? batch.x);
    });
    yield { ...checked, number, first };
    known ??= batch.x.take([]);
    number++;
    first += checked.x.nRows;
  }
}

/** Processes a batch; errors name it. */
export function inBatch<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    const { code, message, faults } = error;
    throw new ChurnError(code, `batch ${number}: ${message}`, { cause: error, ...(faults && { faults }) });
  }
}

const PARTS = ['x', 'y', 'sampleWeight'];

/** @throws if a batch has no table, or fields that would have no effect. */
function requireBatch(batch: TrainingBatch): void {
  const given = typeof batch === 'object' && batch !== null ? Object.keys(batch) : [];
  const unknown = given.find((part) => !PARTS.includes(part));
  if (unknown !== undefined || !given.includes('x') || !given.includes('y')) {
    throw new ChurnError(
      'invalid-parameter',
      `expected x, y and, if any, sampleWeight, got ${unknown ?? (given.join(', ') || String(batch))}`,
    );
  }
  requireTable(batch.x);
}

function checkBatch(
  { x, y, sampleWeight }: TrainingBatch,
  expected: Table,
): Omit<CheckedBatch, 'number' | 'first'> {
  const columns = conformTo(schemaOf(expected), x);
  const further = x.names.find((name) => !expected.has(name));
  if (further !== undefined) {
    throw new ChurnError('column-name', `column "${further}" is not in the batches before it`);
  }
  const labels = Labels.from(y);
  requireTargetPerRow(x, labels);
  return { x: columns, labels, weights: sampleWeight && checkedWeights(sampleWeight, x.nRows) };
}

function requireIterable(batches: TrainingBatches): void {
  const isIterable =
    typeof batches === 'object' &&
    batches !== null &&
    (Symbol.asyncIterator in batches || Symbol.iterator in batches);
  if (isIterable) return;
  throw new ChurnError(
    'invalid-parameter',
    `batches: expected an array of batches, or an object with [Symbol.asyncIterator], got ${String(batches)}`,
  );
}
