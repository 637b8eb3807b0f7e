import { Durations } from '@churn/core';
import { writeCsv } from '@churn/io';
import { readRunCsv } from './csv-numbers.js';
import { testPredictionsFile } from './output-files.js';
import type { RunRecord } from './run-record.js';

/** The predictions of a run's models for held-out rows. */
interface TestDurations {
  /** The indices of the rows in the data, counted from 0. */
  readonly rows: Int32Array;
  readonly y: Durations;
  readonly horizons: readonly number[];
  /** By model: the risk, and the probability of the event within each horizon from the start. */
  readonly predicted: ReadonlyMap<
    string,
    { readonly risk: Float64Array; readonly within: readonly Float64Array[] }
  >;
}

/**
 * Writes predictions as CSV: the row, its duration, event and entry, if any, and for each model `<model>:risk` and
 * `<model>:within_<horizon>`.
 */
export async function writeTestDurations(
  folder: string,
  { rows, y, horizons, predicted }: TestDurations,
): Promise<void> {
  const models = [...predicted];
  const columns = models.flatMap(([, { risk, within }]) => [risk, ...within]);
  function* records() {
    for (let i = 0; i < rows.length; i++) {
      yield [
        rows[i],
        y.values[i],
        y.events[i],
        ...(y.entry ? [y.entry[i]] : []),
        ...columns.map((column) => column[i]),
      ];
    }
  }
  await writeCsv(testPredictionsFile(folder), {
    header: [
      ...['row', 'duration', 'event', ...(y.entry ? ['entry'] : [])],
      ...models.flatMap(([name]) => [
        `${name}:risk`,
        ...horizons.map((horizon) => `${name}:within_${horizon}`),
      ]),
    ],
    records: records(),
  });
}

/**
 * Reads the file of `writeTestDurations`.
 * @param folder the folder of the run.
 * @throws `invalid-file` if the file is missing or damaged.
 */
export async function readTestDurations(
  folder: string,
  { models }: Pick<RunRecord, 'models'>,
): Promise<TestDurations> {
  const { header, numbers } = await readRunCsv(testPredictionsFile(folder));
  const names = Object.keys(models);
  // The horizons of any model, since all have the same.
  const beginning = `${names[0]}:within_`;
  const horizons = header
    .filter((name) => name.startsWith(beginning))
    .map((name) => Number(name.slice(beginning.length)));
  const entry = header.includes('entry') ? numbers('entry') : undefined;
  return {
    rows: Int32Array.from(numbers('row')),
    y: Durations.from({ durations: numbers('duration'), events: numbers('event'), entry }),
    horizons,
    predicted: new Map(
      names.map((name) => [
        name,
        {
          risk: numbers(`${name}:risk`),
          within: horizons.map((horizon) => numbers(`${name}:within_${horizon}`)),
        },
      ]),
    ),
  };
}
