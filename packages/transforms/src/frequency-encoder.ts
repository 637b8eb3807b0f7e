import {
  type FittedTransformer,
  fitThenTransform,
  isNumberRecord,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import {
  compileLevels,
  encodeLevels,
  type LevelEncoding,
  singleEncoding,
  sortedLevels,
} from './level-encoding.js';

export interface FrequencyEncoderOptions extends ColumnsOption {
  /** Whether a level becomes its share of the rows that have a value, rather than their number; default `false`. */
  readonly normalize?: boolean;
}

/** How frequent each level of each column was, as a number of rows or as a share. */
export type FrequencyEncoderState = {
  readonly frequencies: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/**
 * Replaces each category by how many rows had it at `fit`, or by their share of the rows that had a value. A level that
 * was not there is 0; a missing value stays missing.
 *
 * ```ts
 * new FrequencyEncoder().fit(train).state.frequencies; // { Card: { Blue: 6598, Gold: 81, Silver: 388 } }
 * ```
 */
export class FrequencyEncoder implements Transformer<FittedFrequencyEncoder> {
  readonly role = 'transformer';
  static readonly type = 'FrequencyEncoder';
  readonly columns?: readonly string[];
  readonly normalize: boolean;

  /**
   * @param options `columns`: the columns to encode; without it all category columns.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, normalize = false }: FrequencyEncoderOptions = {}) {
    requireParameter(typeof normalize === 'boolean', 'normalize', 'true or false', normalize);
    this.columns = chosenColumns(columns);
    this.normalize = normalize;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedFrequencyEncoder {
    return new FittedFrequencyEncoder({ frequencies: state.record('frequencies', areFrequencies) });
  }

  /** @throws `column-name` or `column-kind` for a column without categories. */
  fit(x: Table): FittedFrequencyEncoder {
    const names = this.columns ?? x.namesOf('category');
    return new FittedFrequencyEncoder({
      frequencies: Object.fromEntries(names.map((name) => [name, this.#frequencies(x, name)])),
    });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }

  #frequencies(x: Table, name: string): Record<string, number> {
    const counts = [...sortedLevels(x.category(name))];
    const whole = this.normalize ? counts.reduce((sum, [, count]) => sum + count, 0) : 1;
    return Object.fromEntries(counts.map(([level, count]) => [level, count / whole]));
  }
}

/** The frequencies that a `FrequencyEncoder` has learned. */
export class FittedFrequencyEncoder implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = FrequencyEncoder.type;
  readonly #encodings: ReadonlyMap<string, LevelEncoding>;

  constructor(readonly state: FrequencyEncoderState) {
    this.#encodings = new Map(
      Object.entries(state.frequencies).map(([name, frequencies]) => [
        name,
        singleEncoding(name, Object.entries(frequencies), 0, NaN),
      ]),
    );
  }

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as categories. */
  transform(x: Table): Table {
    return encodeLevels(x, this.#encodings);
  }

  compileRow(schema: TableSchema): RowStep {
    return compileLevels(schema, this.#encodings);
  }

  describe(): string {
    const columns = Object.entries(this.state.frequencies).map(
      ([name, frequencies]) => `${name} (${Object.keys(frequencies).length} levels)`,
    );
    return `FrequencyEncoder: ${columns.join(', ') || 'no columns'}`;
  }
}

function areFrequencies(value: unknown): value is Record<string, number> {
  return isNumberRecord(value) && Object.values(value).every((frequency) => frequency >= 0);
}
