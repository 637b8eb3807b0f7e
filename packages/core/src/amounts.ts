import { ChurnError } from './error.js';
import { isList } from './is-list.js';
import { requireRows } from './row-numbers.js';

/** What a target of amounts can be given as: `Amounts`, or one number per row. */
export type AmountsLike = Amounts | ArrayLike<number>;

/** A regression target: a number for each row. */
export class Amounts {
  readonly kind = 'amounts';

  private constructor(
    /** The amount of each row. */
    readonly values: Float64Array,
  ) {}

  /**
   * Amounts from one number per row.
   * @throws `invalid-target` where one is missing, infinite or no number, naming the row; and for labels of classes.
   */
  static from(values: AmountsLike): Amounts {
    if (isAmounts(values)) return values;
    const { kind } = (values ?? {}) as { readonly kind?: string };
    if (!isList(values) || kind !== undefined) {
      const came = kind === 'classes' ? 'the labels of classes' : (kind ?? String(values));
      throw new ChurnError('invalid-target', `expected amounts, one number per row, got ${came}`);
    }
    const wrong = firstNotFinite(values);
    if (wrong < values.length) {
      const shown = JSON.stringify(values[wrong]) ?? 'nothing';
      throw new ChurnError(
        'invalid-target',
        `row ${wrong}: expected a finite amount, got ${shown.slice(0, 60)}`,
      );
    }
    return new Amounts(new Float64Array(values));
  }

  get length(): number {
    return this.values.length;
  }

  /**
   * The amounts of the rows `rows`, in that order.
   * @throws `invalid-parameter` for a row that is not there.
   */
  take(rows: ArrayLike<number>): Amounts {
    requireRows(rows, this.length);
    return new Amounts(Float64Array.from(rows, (row) => this.values[row]));
  }
}

// Not instanceof: they may come from the other build (ESM or CommonJS) of this package.
function isAmounts(values: AmountsLike): values is Amounts {
  return (values as Partial<Amounts> | null)?.kind === 'amounts';
}

/** The place of the first that is missing, infinite or no number; the length where there is none. */
function firstNotFinite(values: ArrayLike<number>): number {
  let row = 0;
  while (row < values.length && Number.isFinite(values[row])) row++;
  return row;
}
