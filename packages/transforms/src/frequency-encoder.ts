import { booleanParameter, isNumberRecord, type OptionsOf, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { encodingByNumber, levelCountsText, sortedLevels } from './level-encoding.js';
import { mapValues } from './map-values.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to encode; default all category columns. */
  columns: columnNames(),
  /** Whether a level becomes its share of the rows with a value, rather than its count; default `false`. */
  normalize: withDefault(booleanParameter(), false),
};

export type FrequencyEncoderOptions = OptionsOf<typeof parameters>;

/** The frequency of each level of each column, as a count or as a share. */
export type FrequencyEncoderState = {
  readonly frequencies: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/**
 * Replaces each category by its number of rows at `fit`, or by its share of the rows with a value. An unseen level becomes 0; a missing
 * value stays missing.
 *
 * ```ts
 * new FrequencyEncoder().fit(train).state.frequencies; // { Card: { Blue: 6598, Gold: 81, Silver: 388 } }
 * ```
 */
export class FrequencyEncoder extends transformer({
  type: 'FrequencyEncoder',
  parameters,
  learn(x, { columns = x.namesOf('category'), normalize }): FrequencyEncoderState {
    const frequencies = columns.map((name) => {
      const counts = [...sortedLevels(x.category(name))];
      const whole = normalize ? counts.reduce((sum, [, count]) => sum + count, 0) : 1;
      return [name, Object.fromEntries(counts.map(([level, count]) => [level, count / whole]))];
    });
    return { frequencies: Object.fromEntries(frequencies) };
  },
  restore: (state) => ({ frequencies: state.record('frequencies', areFrequencies) }),
  apply: ({ frequencies }) => encodingByNumber(mapValues(frequencies, Object.entries<number>), 0, NaN),
  describe: ({ frequencies }) => levelCountsText(frequencies),
}) {}

/** The frequencies that a `FrequencyEncoder` has learned. */
export type FittedFrequencyEncoder = FittedBy<typeof FrequencyEncoder>;

function areFrequencies(value: unknown): value is Record<string, number> {
  return isNumberRecord(value) && Object.values(value).every((frequency) => frequency >= 0);
}
