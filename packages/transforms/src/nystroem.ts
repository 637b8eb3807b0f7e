import {
  ChurnError,
  exp,
  integerParameter,
  numberParameter,
  type OptionsOf,
  oneOf,
  orNull,
  Random,
  type SettingsOf,
  type Table,
  tanh,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { finiteColumn, type JointMap, replacingTogether } from './joint-map.js';
import { symmetricEigen } from './symmetric-eigen.js';
import { type FittedBy, type NamesOut, type Originating, transformer } from './transformer.js';

const TYPE = 'Nystroem';

/** The kernel: `exp(-gamma |x - z|²)`, `(gamma x·z + coef0)^degree`, `tanh(gamma x·z + coef0)` or `x·z`. */
export type NystroemKernel = 'rbf' | 'poly' | 'sigmoid' | 'linear';

const KERNELS: readonly NystroemKernel[] = ['rbf', 'poly', 'sigmoid', 'linear'];
const MAX_DEGREE = 100;
/** Beyond this many components, the decomposition takes hours. */
const MAX_COMPONENTS = 5000;
/** Smaller eigenvalues are rounding errors and count as this. */
const LEAST_EIGENVALUE = 1e-12;

const parameters = {
  /** The input columns; default all numeric columns. */
  columns: columnNames(),
  /** The kernel; default `'rbf'`. */
  kernel: withDefault(oneOf(KERNELS), 'rbf'),
  /** The kernel coefficient, at least 0; `null` (default) is 1 / p for p columns. */
  gamma: withDefault(orNull(numberParameter({ from: 0 })), null),
  /** The constant term of the polynomial and sigmoid kernels. Default 1. */
  coef0: withDefault(numberParameter(), 1),
  /** The degree of the polynomial kernel, an integer from 1 to 100. Default 3. */
  degree: withDefault(integerParameter({ from: 1, to: MAX_DEGREE }), 3),
  /** The number of landmark rows, and so of output columns; all rows if there are fewer. Default 100. */
  nComponents: withDefault(integerParameter({ from: 1, to: MAX_COMPONENTS }), 100),
  /** The seed for drawing the landmark rows; default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type NystroemOptions = OptionsOf<typeof parameters>;

interface Kernel {
  readonly kernel: NystroemKernel;
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
}

/** The landmark rows, and the normalization of the output. */
export type NystroemState = NamesOut & {
  /** The input columns. */
  readonly columns: readonly string[];
  readonly kernel: NystroemKernel;
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
  /** The landmark rows, one number per column. */
  readonly components: readonly (readonly number[])[];
  /** The inverse square root of the kernels between these rows. */
  readonly normalization: readonly (readonly number[])[];
};

/**
 * Replaces numeric columns by features whose inner products approximate the kernel between rows, computed from kernels with a sample of
 * landmark rows (Williams and Seeger, "Using the Nyström method to speed up kernel machines", 2001): a linear model on them approximates
 * a kernel machine, for any number of rows. Scale the columns first.
 *
 * The features `nystroem0`, `nystroem1`, … are appended to the table.
 *
 * ```ts
 * const { output } = new Nystroem({ gamma: 0.1, nComponents: 300 }).fitTransform(scaled);
 * new LogisticRegression().fit(output, churned);
 * ```
 */
export class Nystroem extends transformer({
  type: TYPE,
  parameters,
  example: { columns: ['b'] },
  learn: learnComponents,
  restore(state): NystroemState {
    const columns = state.names('columns');
    const rowsOf =
      (length: number) =>
      (value: unknown): value is number[] =>
        Array.isArray(value) && value.length === length && value.every(Number.isFinite);
    const components = state.list('components', rowsOf(columns.length));
    state.expect(components.length > 0, 'components', 'one or more rows');
    const normalization = state.list('normalization', rowsOf(components.length));
    state.expect(normalization.length === components.length, 'normalization', 'one row for each component');
    return {
      columns,
      kernel: state.oneOf('kernel', KERNELS),
      gamma: state.number('gamma', { from: 0 }),
      coef0: state.number('coef0'),
      degree: state.integer('degree', { from: 1, to: MAX_DEGREE }),
      components,
      normalization,
    };
  },
  makes: ({ columns, components }) => ({
    names: components.map((_, k) => `nystroem${k}`),
    replaced: columns,
  }),
  apply: (state, names): Originating => replacingTogether(featuresOf(state, names)),
  describe: ({ columns, components, kernel }) =>
    `${components.length} features of ${columns.length} columns, for the kernel ${kernel}`,
}) {}

/** A fitted `Nystroem`. */
export type FittedNystroem = FittedBy<typeof Nystroem>;

function learnComponents(x: Table, settings: SettingsOf<typeof parameters>): NystroemState {
  const { columns = x.namesOf('numeric'), nComponents, seed, kernel: kind, coef0, degree } = settings;
  const values = columns.map((name) => finiteColumn(x, name));
  if (x.nRows === 0 || columns.length === 0) {
    throw new ChurnError(
      'invalid-data',
      `Nystroem: expected rows of numeric columns, got ${x.nRows} rows of ${columns.length}`,
    );
  }
  const kernel: Kernel = { kernel: kind, gamma: settings.gamma ?? 1 / columns.length, coef0, degree };
  const drawn = new Random(seed).stream(TYPE).permutation(x.nRows).subarray(0, nComponents);
  const components = Array.from(drawn, (row) => values.map((column) => column[row]));
  const normalization = inverseRoot(components.map((a) => components.map((b) => kernelOf(kernel, a, b))));
  if (!normalization.every((row) => row.every(Number.isFinite))) {
    throw new ChurnError(
      'invalid-data',
      'Nystroem: the values are too large to compute kernels with; scale the columns first',
    );
  }
  return { columns, ...kernel, components, normalization };
}

function featuresOf(state: NystroemState, names: readonly string[]): JointMap {
  const { columns, components, normalization } = state;
  const n = components.length;
  const kernels = new Float64Array(n);
  const made = new Float64Array(n);
  const rows = components.map((row) => Float64Array.from(row));
  const weights = Float64Array.from(normalization.flat());
  return {
    columns,
    names,
    of(row) {
      for (let k = 0; k < n; k++) kernels[k] = kernelOf(state, row, rows[k]);
      for (let k = 0, at = 0; k < n; k++) {
        let sum = 0;
        for (let i = 0; i < n; i++, at++) sum += weights[at] * kernels[i];
        made[k] = sum;
      }
      return made;
    },
  };
}

function kernelOf(
  { kernel, gamma, coef0, degree }: Kernel,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  let sum = 0;
  if (kernel === 'rbf') {
    for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    return exp(-gamma * sum);
  }
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  if (kernel === 'linear') return sum;
  const inner = gamma * sum + coef0;
  if (kernel === 'sigmoid') return tanh(inner);
  let power = inner;
  for (let d = 1; d < degree; d++) power *= inner;
  return power;
}

/** The inverse square root of a symmetric matrix; the sign of negative eigenvalues is kept, as in its SVD. */
function inverseRoot(matrix: readonly (readonly number[])[]): number[][] {
  if (!matrix.every((row) => row.every(Number.isFinite))) return [[NaN]];
  const { values, vectors } = symmetricEigen(matrix);
  const scales = values.map(
    (value) => (value < 0 ? -1 : 1) / Math.sqrt(Math.max(Math.abs(value), LEAST_EIGENVALUE)),
  );
  return vectors.map((a) =>
    vectors.map((b) => scales.reduce((sum, scale, k) => sum + scale * a[k] * b[k], 0)),
  );
}
