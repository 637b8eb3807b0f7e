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
import { CellIndex } from './cell-index.js';
import { cellParameter, type NumericReference, numericReference } from './numeric-reference.js';
import { type PerformanceFigures, performanceFigures } from './performance-figures.js';
import { requireProbabilities } from './score-columns.js';

/** How a model scored rows that it had not learned from. */
export type ScoreReference = {
  /** As in the model: of two, the second is the positive one. */
  readonly classes: readonly ClassLabel[];
  /** The probability of the positive class; of more than two classes, that of each. */
  readonly probabilities: readonly NumericReference[];
  /** In each cell of each of these probabilities, how many rows are of that class; `null` where the labels are not known. */
  readonly positives: readonly (readonly number[])[] | null;
  /** From which probability on the second of two classes was predicted; `null` where the likeliest class was. */
  readonly threshold: number | null;
  /** How good the scores were, by the labels; `null` if these are not known. */
  readonly figures: PerformanceFigures | null;
  readonly rows: number;
};

/**
 * Probabilities that are nearer to 0 or 1 are of one cell. Models that are certain of most rows differ by less among themselves, as before
 * and after they are fitted anew on all rows, and that is no drift.
 */
const ENDS = 1e-4;

const parameters = {
  /** How many cells each probability has at most, from 2 to 10,000. Default 200. */
  maxCells: cellParameter,
  /** From which probability on the second of two classes is predicted. Default 0.5. */
  threshold: withDefault(numberParameter({ from: 0 }), 0.5),
};

export type ScoreReferenceOptions = OptionsOf<typeof parameters>;

/**
 * The scores of a model, to compare later ones with. Use rows that the model was not fitted on: on its training rows it looks better than
 * it is, and what is estimated from that will, too.
 *
 * @param probabilities one array per class, with one number per row, as returned by `predictProba`.
 * @param labels the true classes of the rows; without them performance cannot be estimated.
 * @param classes of the model, in the order of `probabilities`.
 * @throws `invalid-data` if there is not one array per class, or one is not as long as the others or as the labels, or holds anything but
 * numbers from 0 to 1; `invalid-target` if a label is not among the classes.
 */
export function scoreReference(
  probabilities: readonly ArrayLike<number>[],
  labels: Labels | null,
  classes: readonly ClassLabel[],
  options?: ScoreReferenceOptions,
): ScoreReference {
  const { maxCells, threshold } = readOptions(parameters, options);
  const rows = requireProbabilities(probabilities, classes.length);
  const isBinary = classes.length === 2;
  const places = isBinary ? [1] : classes.map((_, place) => place);
  // Rows of exactly the threshold are called positive, so that the cell below it ends just below it.
  const edges = isBinary ? [nextBelow(threshold), 1] : [1];
  const references = places.map((place) =>
    numericReference(String(classes[place]), probabilities[place], maxCells, edges, withWideEnds),
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

/** With one cell for all that is nearly 0, and none that parts what is nearly 1. */
function withWideEnds(breakpoints: readonly number[]): readonly number[] {
  const widened = breakpoints.map((value) => (value < ENDS ? ENDS : 1 - value < ENDS ? 1 : value));
  return [...new Set(widened)];
}

/** The place of the class of each row among `classes`. */
function codesAmong(classes: readonly ClassLabel[], labels: Labels, rows: number): Int32Array {
  if (labels.length !== rows) {
    throw new ChurnError('invalid-data', `expected ${rows} labels, one for each score, got ${labels.length}`);
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
