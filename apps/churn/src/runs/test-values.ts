import { writeCsv } from '@churn/io';
import { readRunCsv } from './csv-numbers.js';
import { testPredictionsFile } from './output-files.js';
import type { RunRecord } from './run-record.js';

/** The predictions of a run's models for held-out rows. */
export interface TestValues {
  /** The indices of the rows in the data, counted from 0. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  /** By model. */
  readonly predicted: ReadonlyMap<string, Float64Array>;
}

/** Writes predictions as CSV: the row, its value, and a column `<model>:value` per model. */
export async function writeTestValues(
  folder: string,
  { rows, values, predicted }: TestValues,
): Promise<void> {
  const columns = [...predicted.values()];
  function* records() {
    for (let i = 0; i < rows.length; i++) yield [rows[i], values[i], ...columns.map((column) => column[i])];
  }
  await writeCsv(testPredictionsFile(folder), {
    header: ['row', 'value', ...Array.from(predicted.keys(), (name) => `${name}:value`)],
    records: records(),
  });
}

/**
 * Reads the file of `writeTestValues`.
 * @param folder the folder of the run.
 * @throws `invalid-file` if the file is missing or damaged.
 */
export async function readTestValues(
  folder: string,
  { models }: Pick<RunRecord, 'models'>,
): Promise<TestValues> {
  const { numbers } = await readRunCsv(testPredictionsFile(folder));
  return {
    rows: Int32Array.from(numbers('row')),
    values: numbers('value'),
    predicted: new Map(Object.keys(models).map((name) => [name, numbers(`${name}:value`)])),
  };
}
