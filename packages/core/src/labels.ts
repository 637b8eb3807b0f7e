import { ChurnError } from './error.js';
import { firstRepeated } from './first-repeated.js';
import { isList } from './is-list.js';
import { requireRows } from './row-numbers.js';

/** A class label, as given by the caller. */
export type ClassLabel = string | number | boolean;

/** The accepted forms of a classification target: `Labels`, or one class label per row. */
export type LabelsLike = Labels | readonly ClassLabel[] | ArrayLike<number>;

/** The classes of labels, if they are not to be found by sorting. */
export interface LabelsOptions {
  /** All classes in the desired order, with the positive one of two last; a row of any other class is an error. */
  readonly classes?: readonly ClassLabel[];
  /** The positive one of two classes; it becomes the second. */
  readonly positive?: ClassLabel;
}

/**
 * A classification target: the class of each row, as an index into `classes`.
 *
 * In a two-class problem `classes[1]` is the positive class, as in scikit-learn; `positive` says whether it was chosen explicitly.
 */
export class Labels {
  readonly kind = 'classes';

  private constructor(
    readonly classes: readonly ClassLabel[],
    /** The class of each row, as an index into `classes`. */
    readonly codes: Int32Array,
    /**
     * The second of two classes, if it is known to be the positive one: it is `true`, or 1 paired with 0 or -1, or it was named or the
     * classes were given in order. `undefined` if it is second only by sorting.
     */
    readonly positive: ClassLabel | undefined,
  ) {}

  /**
   * Labels from one class label per row. The classes are sorted: numbers by size, text by code unit, `false` before `true`.
   *
   * ```ts
   * Labels.from(['stayed', 'left', 'stayed'], { positive: 'left' }).classes; // ['stayed', 'left']
   * ```
   *
   * @param options the classes; a list is short for `{ classes }`.
   * @throws `invalid-target` if a label is missing or not among `classes`, naming the row; if the labels are of more than one type; if a
   * class appears twice; if `positive` is not one of two classes; or if the numbers look like a regression target, unless `classes` names
   * them.
   */
  static from(values: LabelsLike, options: LabelsOptions | readonly ClassLabel[] = {}): Labels {
    const { classes, positive } = isClassList(options) ? { classes: options } : options;
    if (positive !== undefined)
      return Labels.from(values, positiveLast(Labels.from(values, { classes }), positive));
    // Not instanceof: the labels may come from the other build (ESM or CommonJS) of this package.
    if (isLabels(values)) return classes ? Labels.from(values.toArray(), classes) : values;
    const isOther = hasKind(values, 'values') || hasKind(values, 'durations');
    if (!isList(values) || isOther)
      throw new ChurnError('invalid-target', `expected labels, one per row, got ${cameAs(values)}`);
    const labels: ClassLabel[] = Array.from(values);
    const unlabelled = labels.findIndex(isMissing);
    if (unlabelled >= 0) throw new ChurnError('invalid-target', `row ${unlabelled} has no label`);
    const sorted = classes ?? sortClasses(distinctClasses(labels));
    const codeOf = new Map(sorted.map((label, code) => [label, code]));
    const twice = firstRepeated(sorted);
    if (twice !== undefined) {
      throw new ChurnError('invalid-target', `the class ${JSON.stringify(twice)} was given twice`);
    }
    const codes = new Int32Array(labels.length);
    for (let row = 0; row < labels.length; row++) {
      const label = labels[row];
      const code = codeOf.get(label);
      if (code === undefined) {
        throw new ChurnError(
          'invalid-target',
          `row ${row} has the label ${JSON.stringify(label)}, expected one of ${JSON.stringify(sorted)}`,
        );
      }
      codes[row] = code;
    }
    const isKnown = sorted.length === 2 && (classes !== undefined || isClear(sorted));
    return new Labels(sorted, codes, isKnown ? sorted[1] : undefined);
  }

  get length(): number {
    return this.codes.length;
  }

  /** The number of rows of each class, in the order of `classes`. */
  counts(): number[] {
    const counts = this.classes.map(() => 0);
    for (const code of this.codes) counts[code]++;
    return counts;
  }

  /**
   * The labels of the given rows, in that order. All classes are kept, even those without rows.
   * @throws `invalid-parameter` if a row index is out of range.
   */
  take(rows: ArrayLike<number>): Labels {
    requireRows(rows, this.length);
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = this.codes[rows[i]];
    return new Labels(this.classes, codes, this.positive);
  }

  /** The label of each row. */
  toArray(): ClassLabel[] {
    return Array.from(this.codes, (code) => this.classes[code]);
  }
}

function isClassList(options: LabelsOptions | readonly ClassLabel[]): options is readonly ClassLabel[] {
  return Array.isArray(options);
}

/** The two classes, the positive one last. */
function positiveLast({ classes }: Labels, positive: ClassLabel): readonly ClassLabel[] {
  if (classes.length === 2 && classes.includes(positive))
    return classes[1] === positive ? classes : [classes[1], classes[0]];
  throw new ChurnError(
    'invalid-target',
    `positive: expected one of two classes, got ${JSON.stringify(positive)}; the classes are ${JSON.stringify(classes.slice(0, 10))}`,
  );
}

/** Whether the second class is unambiguously the positive one. */
function isClear([first, second]: readonly ClassLabel[]): boolean {
  return typeof second === 'boolean' || (second === 1 && (first === 0 || first === -1));
}

/** More distinct numbers than this, and than half the number of rows, are not classes. */
const MAX_NUMBERS = 100;

/**
 * @throws `invalid-target` if the labels look like a regression target, which would become a thousand
 * classes.
 */
function distinctClasses(labels: readonly ClassLabel[]): Set<ClassLabel> {
  const distinct = new Set(labels);
  const fraction = labels.findIndex((label) => typeof label === 'number' && !Number.isInteger(label));
  const areMany = distinct.size > MAX_NUMBERS && 2 * distinct.size > labels.length;
  if (fraction < 0 && !(areMany && typeof labels[0] === 'number')) return distinct;
  const received =
    fraction >= 0 ? `row ${fraction} has ${labels[fraction]}` : `got ${distinct.size} distinct numbers`;
  throw new ChurnError(
    'invalid-target',
    `expected class labels, but ${received}; for regression use a regressor or TargetValues.from(values), or name the classes: Labels.from(values, { classes })`,
  );
}

function isLabels(values: LabelsLike): values is Labels {
  return hasKind(values, 'classes');
}

function cameAs(values: unknown): string {
  if (hasKind(values, 'values')) return 'numeric target values; use a regressor';
  return hasKind(values, 'durations') ? 'durations; use a survival model' : String(values);
}

function hasKind(values: unknown, kind: string): boolean {
  return (values as { readonly kind?: unknown } | null | undefined)?.kind === kind;
}

function isMissing(label: unknown): boolean {
  return label === null || label === undefined || Number.isNaN(label);
}

function sortClasses(distinct: Set<ClassLabel>): ClassLabel[] {
  const classes = [...distinct];
  const kinds = new Set(classes.map((label) => typeof label));
  if (kinds.size > 1) {
    throw new ChurnError(
      'invalid-target',
      `labels mix ${[...kinds].sort().join(' and ')}; use one type of label`,
    );
  }
  return classes.sort((a, b) => (a < b ? -1 : 1));
}
