import type { Durations } from '@churn/core';
import { writeCsv } from '@churn/io';
import { testPredictionsFile } from './output-files.js';

/** What the models of a run said of the rows held out from them. */
interface TestDurations {
  /** Which rows of the data they are, counted from 0. */
  readonly rows: Int32Array;
  readonly y: Durations;
  readonly horizons: readonly number[];
  /** By the name of a model: the risk, and the probability of the event within each horizon of the start. */
  readonly predicted: ReadonlyMap<
    string,
    { readonly risk: Float64Array; readonly within: readonly Float64Array[] }
  >;
}

/** Writes them as CSV: for each model `<model>:risk` and `<model>:within_<horizon>`, beside the row, its duration and its event. */
export async function writeTestDurations(
  folder: string,
  { rows, y, horizons, predicted }: TestDurations,
): Promise<void> {
  const models = [...predicted];
  const columns = models.flatMap(([, { risk, within }]) => [risk, ...within]);
  function* records() {
    for (let i = 0; i < rows.length; i++) {
      yield [rows[i], y.values[i], y.events[i], ...columns.map((column) => column[i])];
    }
  }
  await writeCsv(testPredictionsFile(folder), {
    header: [
      ...['row', 'duration', 'event'],
      ...models.flatMap(([name]) => [
        `${name}:risk`,
        ...horizons.map((horizon) => `${name}:within_${horizon}`),
      ]),
    ],
    records: records(),
  });
}
