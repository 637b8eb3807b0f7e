import { writeCsv } from '@churn/io';
import { testPredictionsFile } from './output-files.js';

/** What the models of a run said of the rows held out from them. */
interface TestValues {
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
