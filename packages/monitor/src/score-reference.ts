import {
  ChurnError,
  type ClassLabel,
  type Labels,
  nextBelow,
  numberParameter,
  type OptionsOf,
  readOptions,
  withDefault,
} from '@churn/core';
import { withOtherFits } from './between-fits.js';
import { CellIndex } from './cell-index.js';
import { cellParameter, type NumericReference, numericReference } from './numeric-reference.js';
import { type PerformanceFigures, performanceFigures } from './performance-figures.js';
import { requireProbabilities } from './score-columns.js';

/** A classifier's scores on held-out rows. */
export type ScoreReference = {
  /** The classes in the order of the model; the second of two is positive. */
  readonly classes: readonly ClassLabel[];
  /** The reference of the positive class's probability; for more than two classes, of each. */
  readonly probabilities: readonly NumericReference[];
  /** For each of these probabilities, the number of rows with the class in each cell; `null` if labels are unknown. */
  readonly positives: readonly (readonly number[])[] | null;
  /** The decision threshold for two classes; `null` for more. */
  readonly threshold: number | null;
  /** The metrics of the scores; `null` if labels are unknown. */
  readonly figures: PerformanceFigures | null;
  readonly rows: number;
};

/**
 * Probabilities closer than this to 0 or 1 share a cell. For models that are certain of most rows, smaller differences arise from refitting
 * alone, which is not drift.
 */
const ENDS = 1e-4;

const parameters = {
  /** The maximum number of cells per probability, from 2 to 10,000. Default 200. */
  maxCells: cellParameter,
  /** The decision threshold for two classes. Default 0.5. */
  threshold: withDefault(numberParameter({ from: 0 }), 0.5),
};

export type ScoreReferenceOptions = OptionsOf<typeof parameters> & {
  /**
   * The held-out probabilities of each of several models fitted on other rows, such as the folds of cross-validation: for each, one array per
   * class. Pass them if the model that will score is a refit: its scores differ as much without any drift.
   */
  readonly otherFits?: readonly (readonly ArrayLike<number>[])[] | undefined;
};

/**
 * The reference of a classifier's scores. Use held-out rows: on its training rows a model looks better than it is, and so would estimates
 * based on them.
 *
 * @param probabilities one array per class, with one number per row, as returned by `predictProba`.
 * @param labels the true classes of the rows; without them performance cannot be estimated.
 * @param classes of the model, in the order of `probabilities`.
 * @throws `invalid-data` unless there is one array per class, as long as the labels and with numbers from 0 to 1; `invalid-target` if a label is
 * not among the classes.
 */
export function scoreReference(
  probabilities: readonly ArrayLike<number>[],
  labels: Labels | null,
  classes: readonly ClassLabel[],
  { otherFits = [], ...options }: ScoreReferenceOptions = {},
): ScoreReference {
  const { maxCells, threshold } = readOptions(parameters, options);
  const rows = requireProbabilities(probabilities, classes.length);
  for (const fit of otherFits) requireProbabilities(fit, classes.length);
  const isBinary = classes.length === 2;
  const places = isBinary ? [1] : classes.map((_, place) => place);
  // Rows exactly at the threshold are predicted positive, so the cell below it ends just below it.
  const edges = isBinary ? [nextBelow(threshold), 1] : [1];
  const references = places.map((place) =>
    withOtherFits(
      numericReference(String(classes[place]), probabilities[place], maxCells, edges, withWideEnds),
      otherFits.map((fit) => fit[place]),
    ),
  );
  const codes = labels && codesAmong(classes, labels, rows);
  return {
    classes: [...classes],
    probabilities: references,
    positives:
      codes &&
      references.map(({ breakpoints }, i) => {
        const place = places[i];
        const cells = new CellIndex(breakpoints);
        const positives = new Array<number>(breakpoints.length + 1).fill(0);
        codes.forEach((code, row) => {
          if (code === place) positives[cells.of(probabilities[place][row])]++;
        });
        return positives;
      }),
    threshold: isBinary ? threshold : null,
    figures: codes && performanceFigures(codes, probabilities, isBinary ? threshold : null),
    rows,
  };
}

/** Breakpoints with a single cell for probabilities near 0, and one for those near 1. */
function withWideEnds(breakpoints: readonly number[]): readonly number[] {
  const widened = breakpoints.map((value) => (value < ENDS ? ENDS : 1 - value < ENDS ? 1 : value));
  return [...new Set(widened)];
}

/** The index of each row's label in `classes`. */
function codesAmong(classes: readonly ClassLabel[], labels: Labels, rows: number): Int32Array {
  if (labels.length !== rows) {
    throw new ChurnError('invalid-data', `expected ${rows} labels, one per score, got ${labels.length}`);
  }
  const places = labels.classes.map((label) => classes.indexOf(label));
  return labels.codes.map((code, row) => {
    if (places[code] >= 0) return places[code];
    const received = JSON.stringify(labels.classes[code]);
    throw new ChurnError(
      'invalid-target',
      `row ${row} has the label ${received}, expected one of ${JSON.stringify(classes)}`,
    );
  });
}
