import { Labels } from '@churn/core';
import { inFile, writeCsv } from '@churn/io';
import { readRunCsv } from './csv-numbers.js';
import { testPredictionsFile } from './output-files.js';
import type { RunRecord } from './run-record.js';

/** What the models of a run said of the rows held out from them. */
export interface TestPredictions {
  /** Which rows of the data they are, counted from 0; of a run that learned from rows as it read them, their lines in the file. */
  readonly rows: Int32Array;
  readonly labels: Labels;
  /** By the name of a model: one array per class, with one number per row. */
  readonly probabilities: ReadonlyMap<string, readonly Float64Array[]>;
  /** What models call each row, as its place among the classes, where their probabilities and a threshold do not tell it. */
  readonly called?: ReadonlyMap<string, Int32Array>;
}

/** What each row is. */
const ROW = 'row';
const LABEL = 'label';

/** What the column of a model's calls is called. */
const calledColumn = (model: string) => `${model}:called`;

/** The columns of a model, and the class that each is about: of two classes the second alone. */
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
 * Writes them as CSV: of two classes the probability of the second alone, as `<model>`; of more, and of models that are called as one of the
 * other columns, as `<model>:<class>`; calls as `<model>:called`.
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
 * Reads what `writeTestPredictions` wrote.
 * @param folder that of the run.
 * @throws `invalid-file` if the file is not there or damaged.
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
