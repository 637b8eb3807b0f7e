import { ChurnError, type ClassLabel, Labels, type Table } from '@churn/core';
import { Binning, finiteColumn } from '../trees/binning.js';
import { type ColumnBins, columnBins } from '../trees/column-bins.js';
import { requireFeatures } from '../trees/require-features.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { type BinnedColumns, learnColumns, type RunSettings } from './boosting-run.js';
import { logLoss } from './log-loss.js';
import { RowSample, type SampledRows } from './row-sample.js';
import { type CheckedBatch, checkedBatches, inBatch, type TrainingBatches } from './training-batches.js';

/** The maximum number of rows for computing statistics of categories. */
const SAMPLE_SIZE = 200_000;

/** The results of the first pass over the batches. */
export interface BatchSurvey {
  /** A table with their columns, without rows. */
  readonly columns: Table;
  readonly labels: Labels;
  /** The weight of each row, if any batch has weights. */
  readonly sampleWeight?: Float64Array;
  /** Of each column. */
  readonly bins: readonly ColumnBins[];
  /** A sample of the rows, if statistics may be computed from them. */
  readonly sample: SampledRows | undefined;
}

type SurveySettings = Pick<RunSettings, 'maxBins' | 'categories' | 'seed'>;

/**
 * The first pass over batches: finds classes, bins, and sample rows for statistics of categories.
 *
 * @param check checks the settings against the columns of the first batch.
 */
export async function surveyBatches(
  batches: TrainingBatches,
  { maxBins, categories, seed }: SurveySettings,
  check: (x: Table) => void,
): Promise<BatchSurvey> {
  let columns: Table | undefined;
  let bins: ColumnBins[] = [];
  let sample: RowSample | undefined;
  const targets: Pick<CheckedBatch, 'labels' | 'weights'>[] = [];
  for await (const { x, labels, weights, number, first } of checkedBatches(batches)) {
    inBatch(number, () => {
      if (columns === undefined) {
        requireFeatures(x);
        check(x);
        columns = x.take([]);
        bins = x.names.map((name) => columnBins(x.column(name).kind, maxBins));
        const hasStatistics = categories !== 'sets' && x.namesOf('category').length > 0;
        sample = hasStatistics ? new RowSample(SAMPLE_SIZE, seed) : undefined;
      }
      const rows = Int32Array.from(labels.codes.keys());
      const weighted = weights ? rows.filter((row) => weights[row] > 0) : rows;
      x.names.forEach((name, j) => {
        if (x.column(name).kind === 'numeric') finiteColumn(x, name);
        bins[j].add(x.column(name), weighted);
      });
      sample?.add(x, weighted, first);
      targets.push({ labels, weights });
    });
  }
  if (columns === undefined)
    throw new ChurnError('invalid-data', 'batches: expected one or more batches, got none');
  return { columns, ...joined(targets), bins, sample: sample?.drawn() };
}

/**
 * The second pass over batches: turns each value into a byte.
 *
 * @param weights the weight of each row.
 * @throws `invalid-data` if the rows differ from those of the first pass.
 */
export async function binBatches(
  batches: TrainingBatches,
  { columns, labels, bins, sample }: BatchSurvey,
  weights: Float64Array,
  settings: RunSettings,
): Promise<BinnedColumns> {
  const learned = sample && learnFromSample(sample, labels, weights, settings);
  const ofColumn = new Map(columns.names.map((name, j) => [name, bins[j].bins(name)]));
  const binning = learned?.statistics
    ? new Binning(learned.binning.features.map((feature) => ofColumn.get(feature.name) ?? feature))
    : new Binning([...ofColumn.values()]);
  const codes = binning.features.map(() => new Uint8Array(labels.length));
  let nRows = 0;
  for await (const batch of checkedBatches(batches, columns)) {
    nRows = requireSameRows(batch, labels);
    const table = learned?.statistics?.transform(batch.x) ?? batch.x;
    binning.codes(table).forEach((column, j) => {
      codes[j].set(column, batch.first);
    });
  }
  if (nRows < labels.length) {
    throw new ChurnError(
      'invalid-data',
      `batches: expected the same ${labels.length} rows both times, got ${nRows} the second time; ` +
        'a generator can be read only once',
    );
  }
  // Rows that statistics were computed from must not see their own labels.
  if (learned?.statistics) {
    binning.codes(learned.table).forEach((column, j) => {
      learned.rows.forEach((row, i) => {
        codes[j][row] = column[i];
      });
    });
  }
  return { statistics: learned?.statistics, binning, codes };
}

/** The columns that trees receive for categories, computed from the sample rows. */
function learnFromSample(
  { x, rows }: SampledRows,
  labels: Labels,
  weights: Float64Array,
  settings: RunSettings,
) {
  const ofRows = Float64Array.from(rows, (row) => weights[row]);
  const loss = logLoss(labels.take(rows));
  const all = Int32Array.from(rows.keys());
  const sampled = { x, loss, weights: inUnit(ofRows, weightUnit(weights)) };
  return { ...learnColumns(sampled, settings, all), rows };
}

/** @returns the number of rows so far. */
function requireSameRows({ labels: { classes, codes }, number, first }: CheckedBatch, known: Labels): number {
  const end = first + codes.length;
  const codeOf = new Map(known.classes.map((label, code) => [label, code]));
  const places = classes.map((label) => codeOf.get(label));
  const isSame = end <= known.length && codes.every((code, row) => places[code] === known.codes[first + row]);
  if (isSame) return end;
  const received =
    end > known.length
      ? `more than ${known.length} the second time`
      : `other labels in batch ${number} the second time`;
  throw new ChurnError('invalid-data', `batches: expected the same rows both times, got ${received}`);
}

/** The concatenated labels and weights of batches. Classes keep their order if it is the same in all batches, and are sorted otherwise. */
function joined(
  parts: readonly Pick<CheckedBatch, 'labels' | 'weights'>[],
): Pick<BatchSurvey, 'labels' | 'sampleWeight'> {
  const orders = new Map(parts.map(({ labels }) => [JSON.stringify(labels.classes), labels.classes]));
  const distinct = new Set<ClassLabel>([...orders.values()].flat());
  const classes = orders.size === 1 ? [...distinct] : Labels.from([...distinct]).classes;
  const codeOf = new Map(classes.map((label, code) => [label, code]));
  const nRows = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const codes = new Int32Array(nRows);
  const isWeighted = parts.some(({ weights }) => weights !== undefined);
  const sampleWeight = new Float64Array(isWeighted ? nRows : 0).fill(1);
  let at = 0;
  for (const { labels, weights } of parts) {
    const places = labels.classes.map((label) => codeOf.get(label) as number);
    if (weights) sampleWeight.set(weights, at);
    for (const code of labels.codes) codes[at++] = places[code];
  }
  const labels = Labels.from(classes, classes).take(codes);
  return isWeighted ? { labels, sampleWeight } : { labels };
}
