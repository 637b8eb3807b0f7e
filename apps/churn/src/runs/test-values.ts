import { writeCsv } from '@churn/io';
import { readRunCsv } from './csv-numbers.js';
import { testPredictionsFile } from './output-files.js';
import type { RunRecord } from './run-record.js';

/** What the models of a run said of the rows held out from them. */
export interface TestValues {
  /** Which rows of the data they are, counted from 0. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  /** By the name of a model. */
  readonly predicted: ReadonlyMap<string, Float64Array>;
}

/** Writes them as CSV: a column of what each model predicted, as `<model>:value`, beside the row and its value. */
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
 * Reads what `writeTestValues` wrote.
 * @param folder that of the run.
 * @throws `invalid-file` if the file is not there or damaged.
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
