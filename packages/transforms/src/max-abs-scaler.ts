import { columnNames } from './chosen-columns.js';
import { type Centring, centre, isCentring, uncentre } from './linear-map.js';
import { numericTransformer } from './numeric-transformer.js';
import type { FittedBy } from './transformer.js';

const parameters = {
  /** The columns to scale; default all numeric columns. */
  columns: columnNames(),
};

/**
 * Divides numeric columns by their largest absolute value, so that values are between -1 and 1 and zeros stay zeros.
 *
 * Missing values are ignored at `fit` and stay missing. Columns of zeros, and columns without any value at `fit`, are unchanged.
 *
 * ```ts
 * new MaxAbsScaler().fit(train).state; // { columns: { change: { center: 0, scale: 3.4 } } }
 * ```
 */
export class MaxAbsScaler extends numericTransformer({
  type: 'MaxAbsScaler',
  parameters,
  learned: { columns: isScaling },
  learn(values) {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return { columns: { center: 0, scale: largest || 1 } };
  },
  apply: ({ columns }) => centre(columns),
  invert: ({ columns }) => uncentre(columns),
}) {}

/** The largest values that a `MaxAbsScaler` has learned. */
export type FittedMaxAbsScaler = FittedBy<typeof MaxAbsScaler>;

/** The largest absolute value of each column as its `scale`, with `center` 0; `null` if it had no value. */
export type MaxAbsScalerState = FittedMaxAbsScaler['state'];

function isScaling(value: unknown): value is Centring {
  return isCentring(value) && value.center === 0;
}
