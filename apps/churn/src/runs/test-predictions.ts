import { Labels } from '@churn/core';
import { inFile, writeCsv } from '@churn/io';
import { readRunCsv } from './csv-numbers.js';
import { testPredictionsFile } from './output-files.js';
import type { RunRecord } from './run-record.js';

/** The predictions of a run's models for held-out rows. */
export interface TestPredictions {
  /** The indices of the rows in the data, counted from 0; for a streaming run, their lines in the file. */
  readonly rows: Int32Array;
  readonly labels: Labels;
  /** By model: an array per class, with one number per row. */
  readonly probabilities: ReadonlyMap<string, readonly Float64Array[]>;
  /** The predicted class of each row by model, as an index, if not determined by probabilities and a threshold. */
  readonly called?: ReadonlyMap<string, Int32Array>;
}

/** The columns that identify each row. */
const ROW = 'row';
const LABEL = 'label';

/** The name of the column with a model's predicted classes. */
const calledColumn = (model: string) => `${model}:called`;

/** The columns of a model, and the class of each; for two classes, only the second. */
function columnsOf(
  model: string,
  classes: readonly unknown[],
): { readonly name: string; readonly code: number }[] {
  const isTaken = model === ROW || model === LABEL;
  if (classes.length === 2 && !isTaken) return [{ name: model, code: 1 }];
  const codes = classes.length === 2 ? [1] : classes.map((_, code) => code);
  return codes.map((code) => ({ name: `${model}:${classes[code]}`, code }));
}

/**
 * Writes predictions as CSV. For two classes, only the probability of the second as `<model>`; for more, and if the name of the model
 * collides with another column, as `<model>:<class>`; predicted classes as `<model>:called`.
 */
export async function writeTestPredictions(
  folder: string,
  { rows, labels, probabilities, called = new Map() }: TestPredictions,
): Promise<void> {
  const { classes, codes } = labels;
  const columns = [...probabilities].flatMap(([model, ofClasses]) =>
    columnsOf(model, classes).map(({ name, code }) => ({ name, values: ofClasses[code] })),
  );
  const calls = [...called];
  function* records() {
    for (let i = 0; i < rows.length; i++) {
      yield [
        ...[rows[i], classes[codes[i]]],
        ...columns.map(({ values }) => values[i]),
        ...calls.map(([, ofRows]) => ofRows[i]),
      ];
    }
  }
  await writeCsv(testPredictionsFile(folder), {
    header: [ROW, LABEL, ...columns.map(({ name }) => name), ...calls.map(([model]) => calledColumn(model))],
    records: records(),
  });
}

/**
 * Reads the file of `writeTestPredictions`.
 * @param folder the folder of the run.
 * @throws `invalid-file` if the file is missing or damaged.
 */
export async function readTestPredictions(
  folder: string,
  { test, models }: Pick<RunRecord, 'test' | 'models'>,
): Promise<TestPredictions> {
  const file = testPredictionsFile(folder);
  const { header, records, numbers: column } = await readRunCsv(file);
  const { classes } = test;
  const ofModel = (model: string): Float64Array[] => {
    const [first, ...others] = columnsOf(model, classes).map(({ name }) => column(name));
    return classes.length === 2 ? [first.map((p) => 1 - p), first] : [first, ...others];
  };
  const names = Object.keys(models);
  const decided = names.filter((name) => header.includes(calledColumn(name)));
  const called = new Map(decided.map((name) => [name, Int32Array.from(column(calledColumn(name)))]));
  const label = header.indexOf(LABEL);
  return {
    rows: Int32Array.from(column(ROW)),
    labels: labelsIn(
      file,
      records.map((record) => record[label]),
      classes,
    ),
    probabilities: new Map(names.map((name) => [name, ofModel(name)])),
    ...(called.size > 0 && { called }),
  };
}

function labelsIn(file: string, labels: readonly string[], classes: readonly string[]): Labels {
  try {
    return Labels.from(labels, classes);
  } catch (error) {
    throw inFile(file, error);
  }
}
