import {
  ChurnError,
  cos,
  eitherOf,
  integerParameter,
  mean,
  numberParameter,
  type OptionsOf,
  oneOf,
  Random,
  type SettingsOf,
  square,
  type Table,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { finiteColumn, type JointMap, replacingTogether } from './joint-map.js';
import { type FittedBy, type NamesOut, type Originating, transformer } from './transformer.js';

const TYPE = 'RBFSampler';
/** Beyond this many components, a table is too wide to work with. */
const MAX_COMPONENTS = 10_000;

const parameters = {
  /** The input columns; default all numeric columns. */
  columns: columnNames(),
  /** The kernel coefficient, at least 0; `'scale'` is 1 / (p Var(X)) for p columns. Default 1. */
  gamma: withDefault(eitherOf(oneOf(['scale']), numberParameter({ from: 0 })), 1),
  /** The number of output columns; default 100. The error of the kernel falls with its square root. */
  nComponents: withDefault(integerParameter({ from: 1, to: MAX_COMPONENTS }), 100),
  /** The seed for drawing the features; default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type RBFSamplerOptions = OptionsOf<typeof parameters>;

/** The random features that were drawn. */
export type RBFSamplerState = NamesOut & {
  /** The input columns. */
  readonly columns: readonly string[];
  /** For each feature the weight of each column. */
  readonly randomWeights: readonly (readonly number[])[];
  /** The phase of each feature, from 0 to 2π. */
  readonly randomOffset: readonly number[];
};

/**
 * Replaces numeric columns by random Fourier features, whose inner products approximate the Gaussian kernel `exp(-gamma |x - z|²)`
 * between rows (Rahimi and Recht, "Random features for large-scale kernel machines", 2007): a linear model on them approximates a kernel
 * machine, for any number of rows. Scale the columns first.
 *
 * The features `rbfsampler0`, `rbfsampler1`, … are appended to the table.
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
    state.expect(randomWeights.length > 0, 'randomWeights', 'one or more features');
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

/** A fitted `RBFSampler`. */
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

/** 1 / (p Var(X)), with the variance over all values of all columns. @throws `invalid-data` if it is 0, or overflows. */
function scaled(columns: readonly Float64Array[]): number {
  const means = columns.map(mean);
  const centre = means.reduce((sum, each) => sum + each / means.length, 0);
  const squares = columns.map((column) => mean(column.map((value) => square(value - centre))));
  const gamma = 1 / squares.reduce((sum, each) => sum + each, 0);
  if (gamma > 0 && gamma < Infinity) return gamma;
  throw new ChurnError(
    'invalid-data',
    "RBFSampler: gamma 'scale' expects at least one column that varies, and squares that do not overflow",
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
