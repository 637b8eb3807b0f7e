import { ChurnError, isolateFaults, Labels, type Table } from '@churn/core';
import { readTables } from '@churn/io';
import { type ReferenceProfile, referenceProfile, scoreReference } from '@churn/monitor';
import { fileFormat } from '../input.js';
import { comparedColumns } from '../model/compared-columns.js';
import { columnImportances } from '../scoring/column-importances.js';
import type { ScoringModel } from '../scoring/scoring-model.js';
import { classCodes } from './known-labels.js';
import { hasColumn, type MonitoredInput } from './monitored-rows.js';
import { RowSample } from './row-sample.js';

/** Of a longer reference file so many rows, drawn at random, stand for all. */
const MOST_ROWS = 100_000;

/** What new rows are compared with. */
export interface MonitoredReference {
  readonly profile: ReferenceProfile;
  /** What each column matters to the model; nothing where that is not known. */
  readonly importances: Readonly<Record<string, number>> | undefined;
  /** Rows of a file; none where the model's own reference is taken. */
  readonly table: Table | undefined;
  /** Whether the scores are those of the model's test rows, and not of the file. */
  readonly hasScoresOfModel: boolean;
}

/**
 * The reference in the model file.
 * @throws `invalid-parameter` where there is none, as in files of earlier versions.
 */
export function referenceOfModel(scoring: ScoringModel, file: string): MonitoredReference {
  if (scoring.reference === undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `${file} is from an earlier version and has no profile of its training data: retrain it, or pass rows of that time with --reference FILE`,
    );
  }
  const importances = columnImportances(scoring);
  return { profile: scoring.reference, importances, table: undefined, hasScoresOfModel: true };
}

/**
 * The reference that rows of a file make. Where they have their labels, performance is estimated by these; where not, by the test rows of
 * the model, with which scores are compared then as well.
 *
 * @throws what reading throws; `invalid-data` where there are no rows.
 */
export async function referenceOfFile(
  file: MonitoredInput,
  target: string | undefined,
  seed: number,
): Promise<MonitoredReference> {
  const { scoring } = file;
  const isLabelled = target !== undefined && (await hasColumn(file, { name: target, kind: 'category' }));
  const sample = await sampleOf(file, isLabelled ? target : undefined, seed);
  const columns = sample.select(comparedColumns(scoring.schema));
  const score = isLabelled ? scoresOf(sample, target, file) : (scoring.reference?.score ?? null);
  return {
    profile: { ...referenceProfile(columns), score },
    importances: columnImportances(scoring),
    table: columns,
    hasScoresOfModel: !isLabelled,
  };
}

async function sampleOf(
  { input, scoring, format }: MonitoredInput,
  target: string | undefined,
  seed: number,
): Promise<Table> {
  const { delimiter = scoring.delimiter, encoding = scoring.encoding, sheet } = format;
  const source = await fileFormat(input, format.format).open(input, { delimiter, encoding, sheet });
  const schema = [
    ...scoring.schema,
    ...(target === undefined ? [] : [{ name: target, kind: 'category' as const }]),
  ];
  const sample = new RowSample(MOST_ROWS, seed);
  // What was declared of the columns is for training to check.
  const plain = schema.map(({ name, kind, decimal, dateOrder, missing }) => {
    return { name, kind, decimal, dateOrder, missing };
  });
  for await (const { table } of readTables(source, { ...scoring, schema: plain, misfits: 'missing' })) {
    sample.add(table);
  }
  const table = sample.table();
  if (table === undefined) throw new ChurnError('invalid-data', `${input}: expected rows, got none`);
  return table;
}

/** How the model scores the labelled rows of a reference file. */
function scoresOf(sample: Table, target: string, { input, scoring }: MonitoredInput) {
  const { model, classes, threshold } = scoring;
  const codes = classCodes(sample.category(target), classes, () => input);
  const labelled = sample.take(Array.from(codes.keys()).filter((row) => codes[row] >= 0));
  const { rows, result } = isolateFaults(labelled.drop([target]), (part) => model.predictProba(part));
  const known = codes.filter((code) => code >= 0);
  const labels = Labels.from(model.classes, model.classes).take(Array.from(rows, (row) => known[row]));
  return scoreReference(result, labels, model.classes, threshold === undefined ? {} : { threshold });
}
