import {
  ChurnError,
  cos,
  eitherOf,
  mean,
  numberParameter,
  type OptionsOf,
  oneOf,
  Random,
  type SettingsOf,
  square,
  type Table,
  wholeNumberParameter,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { finiteColumn, type JointMap, replacingTogether } from './joint-map.js';
import { type FittedBy, type NamesOut, type Originating, transformer } from './transformer.js';

const TYPE = 'RBFSampler';
/** Beyond this many a table of them is too wide to work with. */
const MOST_COMPONENTS = 10_000;

const parameters = {
  /** The columns to take together; without it all numeric ones. */
  columns: columnNames(),
  /** The width of the kernel, from 0; `'scale'` is 1 / (p Var(X)) for p columns. Default 1. */
  gamma: withDefault(eitherOf(oneOf(['scale']), numberParameter({ from: 0 })), 1),
  /** How many columns to make; default 100. The error of the kernel falls with the square root of their number. */
  nComponents: withDefault(wholeNumberParameter({ from: 1, to: MOST_COMPONENTS }), 100),
  /** What the features are drawn by; default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type RBFSamplerOptions = OptionsOf<typeof parameters>;

/** The waves that were drawn. */
export type RBFSamplerState = NamesOut & {
  /** The columns that are taken together. */
  readonly columns: readonly string[];
  /** For each feature the weight of each column. */
  readonly randomWeights: readonly (readonly number[])[];
  /** For each feature what is added, from 0 to 2π. */
  readonly randomOffset: readonly number[];
};

/**
 * Replaces numeric columns by random waves over them, whose inner products are nearly the Gaussian kernels `exp(-gamma |x - z|²)`
 * between rows (Rahimi and Recht, "Random features for large-scale kernel machines", 2007): a linear model of them is nearly a
 * kernel machine, of as many rows as there are. Scale the columns before.
 *
 * The features `rbfsampler0`, `rbfsampler1`, … stand at the end of the table.
 *
 * ```ts
 * const { output } = new RBFSampler({ gamma: 0.1, nComponents: 300 }).fitTransform(scaled);
 * new LogisticRegression().fit(output, churned);
 * ```
 */
export class RBFSampler extends transformer({
  type: TYPE,
  parameters,
  example: { columns: ['b'] },
  learn: drawWaves,
  restore(state): RBFSamplerState {
    const columns = state.names('columns');
    const isWave = (value: unknown): value is number[] =>
      Array.isArray(value) && value.length === columns.length && value.every(Number.isFinite);
    const randomWeights = state.list('randomWeights', isWave);
    state.expect(randomWeights.length > 0, 'randomWeights', 'a feature or more');
    const { length } = randomWeights;
    return {
      columns,
      randomWeights,
      randomOffset: state.numbers('randomOffset', { length, from: 0, to: 2 * Math.PI }),
    };
  },
  makes: ({ columns, randomOffset }) => ({
    names: randomOffset.map((_, k) => `rbfsampler${k}`),
    replaced: columns,
  }),
  apply: (state, names): Originating => replacingTogether(featuresOf(state, names)),
  describe: ({ columns, randomOffset }) => `${randomOffset.length} features of ${columns.length} columns`,
}) {}

/** The features that an `RBFSampler` makes. */
export type FittedRBFSampler = FittedBy<typeof RBFSampler>;

function drawWaves(x: Table, settings: SettingsOf<typeof parameters>): RBFSamplerState {
  const { columns = x.namesOf('numeric'), nComponents, seed } = settings;
  const values = columns.map((name) => finiteColumn(x, name));
  if (x.nRows === 0 || columns.length === 0) {
    throw new ChurnError(
      'invalid-data',
      `RBFSampler: expected rows of numeric columns, got ${x.nRows} rows of ${columns.length}`,
    );
  }
  const gamma = settings.gamma === 'scale' ? scaled(values) : settings.gamma;
  const deviation = Math.sqrt(2 * gamma);
  const random = new Random(seed).stream(TYPE);
  return {
    columns,
    randomWeights: Array.from({ length: nComponents }, () => columns.map(() => deviation * random.normal())),
    randomOffset: Array.from({ length: nComponents }, () => 2 * Math.PI * random.uniform()),
  };
}

/** 1 / (p Var(X)), with the variance over all values of all columns. @throws `invalid-data` where there is none, or none that a number holds. */
function scaled(columns: readonly Float64Array[]): number {
  const means = columns.map(mean);
  const centre = means.reduce((sum, each) => sum + each / means.length, 0);
  const squares = columns.map((column) => mean(column.map((value) => square(value - centre))));
  const gamma = 1 / squares.reduce((sum, each) => sum + each, 0);
  if (gamma > 0 && gamma < Infinity) return gamma;
  throw new ChurnError(
    'invalid-data',
    "RBFSampler: gamma 'scale' expects columns of which one varies, by amounts whose squares are numbers",
  );
}

function featuresOf(
  { columns, randomWeights, randomOffset }: RBFSamplerState,
  names: readonly string[],
): JointMap {
  const size = Math.sqrt(2 / randomOffset.length);
  const made = new Float64Array(randomOffset.length);
  const weights = Float64Array.from(randomWeights.flat());
  return {
    columns,
    names,
    of(row) {
      for (let k = 0, at = 0; k < made.length; k++) {
        let phase = randomOffset[k];
        for (let j = 0; j < row.length; j++, at++) phase += weights[at] * row[j];
        made[k] = size * cos(phase);
      }
      return made;
    },
  };
}
