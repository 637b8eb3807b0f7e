import {
  type FittedTransformer,
  fitThenTransform,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import {
  type Centring,
  type Centrings,
  centre,
  centreRow,
  isCentringOrNull,
  uncentre,
} from './linear-map.js';
import { nameList } from './name-list.js';
import { learnNumeric } from './numeric-columns.js';

/** The largest absolute value of each column as its `scale`, with `center` 0; `null` where it had no value. */
export type MaxAbsScalerState = { readonly columns: Centrings };

/**
 * Divides numeric columns by their largest absolute value, so that they lie between -1 and 1 and zeros stay zeros.
 *
 * Missing values are passed over at `fit` and stay missing. A column of zeros, and one without a value at `fit`, stay as
 * they are.
 *
 * ```ts
 * new MaxAbsScaler().fit(train).state; // { columns: { change: { center: 0, scale: 3.4 } } }
 * ```
 */
export class MaxAbsScaler implements Transformer<FittedMaxAbsScaler> {
  readonly role = 'transformer';
  static readonly type = 'MaxAbsScaler';
  readonly columns?: readonly string[];

  /**
   * @param options `columns`: the columns to scale; without it all numeric ones.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedMaxAbsScaler {
    return new FittedMaxAbsScaler({ columns: state.record('columns', isScalingOrNull) });
  }

  /** @throws `column-name` or `column-kind` for a column that cannot be scaled; `invalid-data` for an infinite value. */
  fit(x: Table): FittedMaxAbsScaler {
    const columns = learnNumeric(x, this.columns, (values) => {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return { center: 0, scale: largest || 1 };
    });
    return new FittedMaxAbsScaler({ columns });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The largest values that a `MaxAbsScaler` has learned. */
export class FittedMaxAbsScaler implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = MaxAbsScaler.type;

  constructor(readonly state: MaxAbsScalerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    return centre(x, this.state.columns);
  }

  /** Gives the values back. */
  inverseTransform(x: Table): Table {
    return uncentre(x, this.state.columns);
  }

  compileRow(schema: TableSchema): RowStep {
    return centreRow(schema, this.state.columns);
  }

  describe(): string {
    return `MaxAbsScaler: columns ${nameList(Object.keys(this.state.columns))}`;
  }
}

function isScalingOrNull(value: unknown): value is Centring | null {
  return isCentringOrNull(value) && (value === null || value.center === 0);
}
