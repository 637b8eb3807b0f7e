import {
  booleanParameter,
  ChurnError,
  type Column,
  mean,
  numberParameter,
  type OptionsOf,
  orNull,
  requireParameter,
  type SettingsOf,
  square,
  Table,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { finiteColumn, type JointMap, replacingTogether } from './joint-map.js';
import { symmetricEigen } from './symmetric-eigen.js';
import {
  type FittedBy,
  type InvertibleTransformation,
  type NamesOut,
  type Originating,
  transformer,
} from './transformer.js';

const parameters = {
  /** The input columns; default all numeric columns. */
  columns: columnNames(),
  /**
   * The number of components to keep: an integer of at least 1; a share below 1, for the fewest that explain more than this share of the
   * variance; or `null` (default) for as many as columns, or rows if there are fewer.
   */
  nComponents: withDefault(orNull(numberParameter({ above: 0 })), null),
  /** Whether each component is divided by its standard deviation. Default false. */
  whiten: withDefault(booleanParameter(), false),
};

export type PCAOptions = OptionsOf<typeof parameters>;

/** The components, in descending order of variance. */
export type PCAState = NamesOut & {
  /** The input columns. */
  readonly columns: readonly string[];
  readonly means: readonly number[];
  /** For each component the weight of each column; a unit vector, orthogonal to the others. */
  readonly components: readonly (readonly number[])[];
  /** The variance of each component, with the number of rows minus 1 as divisor. */
  readonly explainedVariance: readonly number[];
  /** The share of each component in the total variance. */
  readonly explainedVarianceRatio: readonly number[];
  readonly whiten: boolean;
};

/**
 * Principal components: replaces numeric columns by the weighted sums of largest variance, each uncorrelated with those before it
 * (Pearson, 1901; Hotelling, 1933). Columns of large numbers dominate: scale the columns first.
 *
 * The components `pca0`, `pca1`, … are appended to the table. Their signs are such that the largest weight of each is positive, as in
 * scikit-learn's `PCA`.
 *
 * ```ts
 * new PCA({ nComponents: 2 }).fitTransform(scaled).output.names; // ['pca0', 'pca1']
 * ```
 */
export class PCA extends transformer({
  type: 'PCA',
  parameters,
  example: { columns: ['b'] },
  check({ nComponents }) {
    const isRight = nComponents === null || nComponents < 1 || Number.isInteger(nComponents);
    requireParameter(isRight, 'nComponents', 'an integer or a share below 1', nComponents);
  },
  learn: learnComponents,
  restore(state): PCAState {
    const columns = state.names('columns');
    const length = columns.length;
    const isComponent = (value: unknown): value is number[] =>
      Array.isArray(value) && value.length === length && value.every(Number.isFinite);
    const components = state.list('components', isComponent);
    state.expect(components.length <= length, 'components', 'at most the number of columns');
    const whiten = state.boolean('whiten');
    const ofComponents = { length: components.length, from: 0 };
    const explainedVariance = state.numbers('explainedVariance', ofComponents);
    state.expect(!whiten || explainedVariance.every((each) => each > 0), 'explainedVariance', 'above 0');
    return {
      columns,
      means: state.numbers('means', { length }),
      components,
      explainedVariance,
      explainedVarianceRatio: state.numbers('explainedVarianceRatio', ofComponents),
      whiten,
    };
  },
  makes: ({ columns, components }) => ({ names: components.map((_, k) => `pca${k}`), replaced: columns }),
  apply(state, names): Originating & InvertibleTransformation {
    return {
      ...replacingTogether(componentsOf(state, names)),
      inverseTransform: (x) => withoutComponents(x, state, names),
    };
  },
  describe({ columns, components, explainedVarianceRatio }) {
    const share = explainedVarianceRatio.reduce((sum, each) => sum + each, 0);
    return `${components.length} components of ${columns.length} columns, with ${(100 * share).toFixed(1)} % of their variance`;
  },
}) {}

/** A fitted `PCA`. */
export type FittedPCA = FittedBy<typeof PCA>;

function learnComponents(
  x: Table,
  { columns = x.namesOf('numeric'), nComponents: asked, whiten }: SettingsOf<typeof parameters>,
): PCAState {
  const given = columns.map((name) => finiteColumn(x, name));
  const n = x.nRows;
  if (n < 2 || columns.length === 0) {
    throw new ChurnError(
      'invalid-data',
      `PCA: expected two or more rows of numeric columns, got ${n} rows of ${columns.length}`,
    );
  }
  const means = given.map(mean);
  const centred = given.map((column, j) => column.map((value) => value - means[j]));
  const covariances = centred.map((a, i) => centred.map((b, j) => (j < i ? 0 : dot(a, b) / (n - 1))));
  const { values, vectors } = symmetricEigen(covariances);
  // Rounding may make the variance of a linearly dependent column slightly negative.
  const variances = values.map((value) => Math.max(value, 0));
  const total = variances.reduce((sum, each) => sum + each, 0);
  const nComponents = countComponents(asked, variances, Math.min(n, columns.length));
  const kept = Array.from({ length: nComponents }, (_, k) => k);
  if (whiten && kept.some((k) => variances[k] <= 0)) {
    throw new ChurnError(
      'invalid-data',
      'PCA: a component without variance cannot be whitened; ask for fewer',
    );
  }
  return {
    columns,
    means,
    components: kept.map((k) => signed(vectors.map((row) => row[k]))),
    explainedVariance: kept.map((k) => variances[k]),
    explainedVarianceRatio: kept.map((k) => (total > 0 ? variances[k] / total : 0)),
    whiten,
  };
}

function componentsOf(state: PCAState, names: readonly string[]): JointMap {
  const { columns, means } = state;
  const weights = weightsOf(state);
  const made = new Float64Array(weights.length);
  return {
    columns,
    names,
    of(row) {
      for (let k = 0; k < made.length; k++) {
        let sum = 0;
        for (let j = 0; j < row.length; j++) sum += weights[k][j] * (row[j] - means[j]);
        made[k] = sum;
      }
      return made;
    },
  };
}

/** The columns reconstructed from the kept components, at the end of the table. */
function withoutComponents(x: Table, state: PCAState, names: readonly string[]): Table {
  const { columns, means, components, explainedVariance, whiten } = state;
  const made = names.map((name) => x.numeric(name));
  const back = columns.map((name, j): [string, Column] => {
    const values = new Float64Array(x.nRows).fill(means[j]);
    made.forEach((component, k) => {
      const weight = components[k][j] * (whiten ? Math.sqrt(explainedVariance[k]) : 1);
      for (let row = 0; row < values.length; row++) values[row] += weight * component[row];
    });
    return [name, { kind: 'numeric', values }];
  });
  return Table.fromColumns([...x.drop(names).entries(), ...back], x.nRows);
}

function weightsOf({ components, explainedVariance, whiten }: PCAState): (readonly number[])[] {
  return whiten
    ? components.map((each, k) => each.map((weight) => weight / Math.sqrt(explainedVariance[k])))
    : [...components];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row] * b[row];
  return sum;
}

function countComponents(asked: number | null, variances: readonly number[], most: number): number {
  if (asked === null) return most;
  if (asked >= 1) {
    if (asked <= most) return asked;
    throw new ChurnError(
      'invalid-data',
      `nComponents: expected at most ${most} of these rows and columns, got ${asked}`,
    );
  }
  const total = variances.reduce((sum, each) => sum + each, 0);
  let explained = 0;
  for (let k = 0; k < most; k++) {
    explained += variances[k];
    if (explained > asked * total) return k + 1;
  }
  return most;
}

/** The vector with the sign that makes its largest weight positive. */
function signed(vector: readonly number[]): number[] {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + square(value), 0));
  return vector.map((value) => (largest < 0 ? -value : value) / length);
}
