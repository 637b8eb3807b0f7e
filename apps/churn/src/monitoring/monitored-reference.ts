import { ChurnError, isolateFaults, type Labels, type Table } from '@churn/core';
import { readTables } from '@churn/io';
import {
  type PredictionReference,
  predictionReference,
  type ReferenceProfile,
  referenceProfile,
  type ScoreReference,
  scoreReference,
} from '@churn/monitor';
import { fileFormat } from '../input.js';
import { comparedColumns } from '../model/compared-columns.js';
import { columnImportances } from '../scoring/column-importances.js';
import type { AnyScoringModel, ScoringModel } from '../scoring/scoring-model.js';
import { LabelledRows, type LabelledScores } from './labelled-scores.js';
import { monitoredPredictions, namedPredictions, predictionNames } from './monitored-predictions.js';
import { hasColumns, type MonitoredInput } from './monitored-rows.js';
import { knownFigures } from './outcome/known-figures.js';
import type { Outcome } from './outcome/outcome.js';
import { metricsOf } from './outcome/outcome-of.js';
import { RowSample } from './row-sample.js';

/** The size of the random sample drawn from a longer reference file. */
const MAX_ROWS = 100_000;

/** The reference that new rows are compared with. */
export interface MonitoredReference {
  readonly profile: ReferenceProfile;
  /** The importance of each column; `undefined` if unknown. */
  readonly importances: Readonly<Record<string, number>> | undefined;
  /** The rows of a reference file; `undefined` for the model's own reference. */
  readonly table: Table | undefined;
  /** Whether the scores are those of the model's test rows instead of the file. */
  readonly hasScoresOfModel: boolean;
}

/**
 * The reference in the model file.
 * @throws `invalid-parameter` if the file has none, as in earlier versions.
 */
export function referenceOfModel(scoring: AnyScoringModel, file: string): MonitoredReference {
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
 * The reference from the rows of a file. If they have labels, performance is compared with theirs. Without labels, scores of classes are
 * compared with those of the model's test rows, from which performance is then estimated; values and times are compared with the
 * predictions for the file.
 *
 * @throws as reading does; `invalid-data` if there are no rows.
 */
export async function referenceOfFile(
  file: MonitoredInput,
  outcome: Outcome | undefined,
  seed: number,
): Promise<MonitoredReference> {
  const { scoring } = file;
  const isLabelled = outcome !== undefined && (await hasColumns(file, outcome.columns));
  const sample = await sampleOf(file, isLabelled ? outcome : undefined, seed);
  const columns = sample.select(comparedColumns(scoring.schema));
  const labelled = isLabelled ? labelledRows(sample, outcome, file) : undefined;
  const predictions: Predictions =
    scoring.task !== 'classes'
      ? { score: null, predicted: predictedOf(sample, labelled, scoring) }
      : labelled
        ? { score: scoresOf(labelled, scoring) }
        : { score: scoring.reference?.score ?? null };
  return {
    profile: { ...referenceProfile(columns), ...predictions },
    importances: columnImportances(scoring),
    table: columns,
    hasScoresOfModel: scoring.task === 'classes' && !isLabelled,
  };
}

type Predictions = Pick<ReferenceProfile, 'score' | 'predicted'>;

async function sampleOf(
  { input, scoring, format }: MonitoredInput,
  outcome: Outcome | undefined,
  seed: number,
): Promise<Table> {
  const { delimiter = scoring.delimiter, encoding = scoring.encoding, sheet } = format;
  const source = await fileFormat(input, format.format).open(input, { delimiter, encoding, sheet });
  const known = new Set(scoring.schema.map(({ name }) => name));
  const others = outcome?.columns.filter(({ name }) => !known.has(name)) ?? [];
  const schema = [...scoring.schema, ...others];
  const sample = new RowSample(MAX_ROWS, seed);
  // Declared rules are only checked in training.
  const plain = schema.map(({ name, kind, decimal, dateOrder, missing }) => {
    return { name, kind, decimal, dateOrder, missing };
  });
  for await (const { table } of readTables(source, { ...scoring, schema: plain, invalidValues: 'missing' })) {
    sample.add(table);
  }
  const table = sample.table();
  if (table === undefined) throw new ChurnError('invalid-data', `${input}: expected rows, got none`);
  return table;
}

/** The labelled rows of a reference file that the model can score, with its predictions. */
function labelledRows(sample: Table, outcome: Outcome, { input, scoring }: MonitoredInput) {
  const { rows, result } = isolateFaults(sample, (part) => scoring.predict(part));
  const outcomes = outcome.since(
    outcome.read(sample, () => input),
    sample,
  );
  const labelled = new LabelledRows();
  const known = outcomes.map((column) => Float64Array.from(rows, (row) => column[row]));
  labelled.add(known, [...monitoredPredictions(scoring, result)]);
  return labelled.scores(outcome.target);
}

/** The reference scores from the labelled rows of a reference file. */
function scoresOf({ y, predictions }: LabelledScores, { model, threshold }: ScoringModel): ScoreReference {
  return scoreReference(
    predictions,
    y as Labels,
    model.classes,
    threshold === undefined ? {} : { threshold },
  );
}

/** The predictions for the rows of a reference file, with metrics if they are labelled. */
function predictedOf(
  sample: Table,
  labelled: LabelledScores | undefined,
  scoring: Exclude<AnyScoringModel, ScoringModel>,
): PredictionReference {
  const { result } = isolateFaults(sample, (part) => scoring.predict(part));
  return predictionReference(
    namedPredictions(predictionNames(scoring), monitoredPredictions(scoring, result)),
    labelled ? knownFigures(metricsOf(scoring), labelled.y, labelled.predictions) : null,
  );
}
