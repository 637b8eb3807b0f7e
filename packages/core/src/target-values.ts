import { ChurnError } from './error.js';
import { isList } from './is-list.js';
import { requireRows } from './row-numbers.js';

/** The accepted forms of a regression target: `TargetValues`, or one number per row. */
export type TargetValuesLike = TargetValues | ArrayLike<number>;

/** A regression target: a number for each row. */
export class TargetValues {
  readonly kind = 'values';

  private constructor(
    /** The value of each row. */
    readonly values: Float64Array,
  ) {}

  /**
   * Target values from one number per row.
   * @throws `invalid-target` if a value is missing, infinite or not a number, naming the row; and for class
   * labels.
   */
  static from(values: TargetValuesLike): TargetValues {
    if (isTargetValues(values)) return values;
    const { kind } = (values ?? {}) as { readonly kind?: string };
    if (!isList(values) || kind !== undefined) {
      const received = kind === 'classes' ? 'class labels' : (kind ?? String(values));
      throw new ChurnError('invalid-target', `expected one number per row, got ${received}`);
    }
    const wrong = firstNotFinite(values);
    if (wrong < values.length) {
      const shown = JSON.stringify(values[wrong]) ?? 'nothing';
      throw new ChurnError(
        'invalid-target',
        `row ${wrong}: expected a finite number, got ${shown.slice(0, 60)}`,
      );
    }
    return new TargetValues(new Float64Array(values));
  }

  get length(): number {
    return this.values.length;
  }

  /**
   * The values of the given rows, in that order.
   * @throws `invalid-parameter` if a row index is out of range.
   */
  take(rows: ArrayLike<number>): TargetValues {
    requireRows(rows, this.length);
    return new TargetValues(Float64Array.from(rows, (row) => this.values[row]));
  }
}

// Not instanceof: they may come from the other build (ESM or CommonJS) of this package.
function isTargetValues(values: TargetValuesLike): values is TargetValues {
  return (values as Partial<TargetValues> | null)?.kind === 'values';
}

/** The place of the first that is missing, infinite or no number; the length if there is none. */
function firstNotFinite(values: ArrayLike<number>): number {
  let row = 0;
  while (row < values.length && Number.isFinite(values[row])) row++;
  return row;
}
