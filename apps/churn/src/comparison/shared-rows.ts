import type { Labels } from '@churn/core';
import type { RunRecord } from '../runs/run-record.js';
import type { TestPredictions } from '../runs/test-predictions.js';

/** A compared run with its model. */
export interface ComparedRun {
  readonly record: RunRecord;
  readonly model: string;
}

/** Rows held out by both runs, with the predictions of both. */
export interface SharedRows {
  readonly labels: Labels;
  /** One array per class, with one number per row. */
  readonly a: readonly Float64Array[];
  readonly b: readonly Float64Array[];
  /** The predicted class of each row, if not determined by a threshold. */
  readonly called?: { readonly a: Int32Array | undefined; readonly b: Int32Array | undefined };
}

/** The minimum number of rows per class for an interval. */
const MIN_PER_CLASS = 2;

/** The reason why the test rows of two runs cannot be matched; `undefined` if they can. */
export function whyUnmatched(a: RunRecord, b: RunRecord): string | undefined {
  if (a.config === null || b.config === null)
    return 'an earlier version kept no predictions of its test rows';
  if (a.task !== b.task) return `one predicts ${predicted(a)}, and the other ${predicted(b)}`;
  if (a.task !== undefined) return `predictions of ${predicted(a)} are not compared`;
  if (JSON.stringify(a.test.classes) !== JSON.stringify(b.test.classes))
    return 'the runs predict different classes';
  const isSame = a.data.contentSha256 === b.data.contentSha256 || readsSameRows(a, b);
  return isSame ? undefined : 'the runs used different training data';
}

function predicted({ task }: RunRecord): string {
  return task === undefined ? 'classes' : task === 'value' ? 'values' : 'times';
}

/** Whether both use the same rows of the same file, possibly with other columns. */
function readsSameRows(a: RunRecord, b: RunRecord): boolean {
  const { data } = a;
  const choice = ({ config }: RunRecord) => {
    const { uniqueBy, duplicates, unlabelled, target, sheet } = (config?.data ?? {}) as Record<
      string,
      unknown
    >;
    return JSON.stringify([uniqueBy, duplicates, unlabelled, target, sheet]);
  };
  return (
    data.sha256 === b.data.sha256 &&
    data.rows === b.data.rows &&
    // Streamed rows are numbered differently.
    data.sampled === null &&
    b.data.sampled === null &&
    choice(a) === choice(b)
  );
}

/**
 * The rows held out by both runs, in the order of the data.
 * @returns a reason if there are too few.
 */
export function sharedRows(
  a: { readonly predictions: TestPredictions; readonly model: string },
  b: { readonly predictions: TestPredictions; readonly model: string },
): SharedRows | string {
  const placeInB = new Map(Array.from(b.predictions.rows, (row, i) => [row, i]));
  const places: [inA: number, inB: number][] = [];
  for (const [inA, row] of a.predictions.rows.entries()) {
    const inB = placeInB.get(row);
    if (inB === undefined) continue;
    if (a.predictions.labels.codes[inA] !== b.predictions.labels.codes[inB]) {
      return 'rows with the same index have different labels';
    }
    places.push([inA, inB]);
  }
  const ofA = Int32Array.from(places, ([inA]) => inA);
  const ofB = Int32Array.from(places, ([, inB]) => inB);
  const labels = a.predictions.labels.take(ofA);
  if (labels.counts().some((count) => count < MIN_PER_CLASS)) {
    return `the runs held out ${places.length} common rows, with too few of some class`;
  }
  return {
    labels,
    a: probabilitiesOf(a, ofA),
    b: probabilitiesOf(b, ofB),
    called: { a: calledOf(a, ofA), b: calledOf(b, ofB) },
  };
}

function probabilitiesOf(
  { predictions, model }: { readonly predictions: TestPredictions; readonly model: string },
  rows: Int32Array,
): Float64Array[] {
  const all = predictions.probabilities.get(model) ?? [];
  return all.map((values) => Float64Array.from(rows, (row) => values[row]));
}

function calledOf(
  { predictions, model }: { readonly predictions: TestPredictions; readonly model: string },
  rows: Int32Array,
): Int32Array | undefined {
  const all = predictions.called?.get(model);
  return all && Int32Array.from(rows, (row) => all[row]);
}
