import {
  booleanParameter,
  ChurnError,
  integerParameter,
  type OptionsOf,
  positionOf,
  type RowStep,
  Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import {
  countTerms,
  MAX_DEGREE,
  MAX_TERMS,
  type PolynomialTerm,
  polynomialTerms,
} from './polynomial-terms.js';
import type { NamesOut, Originating } from './transformer.js';
import { type FittedBy, type InvertibleTransformation, transformer } from './transformer.js';

const parameters = {
  /** The columns to multiply; default all columns of the table, which must be numeric. */
  columns: columnNames(),
  /** The largest number of features in a product, from 1 to 100; default 2. */
  degree: withDefault(integerParameter({ from: 1, to: MAX_DEGREE }), 2),
  /** Whether to omit products with a repeated feature; default `false`. */
  interactionOnly: withDefault(booleanParameter(), false),
  /** Whether to add a leading column `1` of ones; default `false`, whereas scikit-learn's is `True`. */
  includeBias: withDefault(booleanParameter(), false),
};

export type PolynomialFeaturesOptions = OptionsOf<typeof parameters>;

/** The multiplied features, in order, and how. */
export type PolynomialFeaturesState = NamesOut & {
  readonly features: readonly string[];
  readonly degree: number;
  readonly interactionOnly: boolean;
  readonly includeBias: boolean;
};

/**
 * Appends the products of up to `degree` numeric columns to the table, in scikit-learn's order and with its names: `a` and `b` give
 * `a^2`, `a b` and `b^2`. Products of missing values are missing.
 *
 * ```ts
 * new PolynomialFeatures({ degree: 2 }).fitTransform(train).output.names; // ['a', 'b', 'a^2', 'a b', 'b^2']
 * ```
 */
export class PolynomialFeatures extends transformer({
  type: 'PolynomialFeatures',
  parameters,
  example: { columns: ['a', 'b'] },
  learn(x, { columns: features = x.names, degree, interactionOnly, includeBias }): PolynomialFeaturesState {
    for (const name of features) x.numeric(name);
    if (countTerms(features.length, degree, interactionOnly) > MAX_TERMS) {
      throw new ChurnError(
        'invalid-data',
        `PolynomialFeatures: ${features.length} columns with degree ${degree} make more than ${MAX_TERMS} products; use fewer columns`,
      );
    }
    return { features, degree, interactionOnly, includeBias };
  },
  restore(state) {
    const features = state.names('features');
    const degree = state.integer('degree', { from: 1, to: MAX_DEGREE });
    const interactionOnly = state.boolean('interactionOnly');
    const areFew = countTerms(features.length, degree, interactionOnly) <= MAX_TERMS;
    state.expect(areFew, 'features', `few enough to give at most ${MAX_TERMS} products`);
    return { features, degree, interactionOnly, includeBias: state.boolean('includeBias') };
  },
  makes({ features, degree, interactionOnly, includeBias }) {
    const terms = polynomialTerms(features, degree, interactionOnly);
    const products = terms.slice(features.length).map(({ name }) => name);
    return { names: includeBias ? ['1', ...products] : products };
  },
  apply({ features, degree, interactionOnly }, added): Originating & InvertibleTransformation {
    const terms = polynomialTerms(features, degree, interactionOnly);
    return {
      origins: originsOf(terms, features, added),
      transform: (x) => withProducts(x, terms, features, added),
      inverseTransform(x) {
        for (const name of added) x.column(name);
        return x.drop(added);
      },
      compileRow: (schema) => compileProducts(schema, terms, features, added),
    };
  },
  describe({ features, degree, interactionOnly }) {
    const nProducts = countTerms(features.length, degree, interactionOnly) - features.length;
    return `${nProducts} products of up to ${degree} of ${features.length} columns`;
  },
}) {}

/** A fitted `PolynomialFeatures`. */
export type FittedPolynomialFeatures = FittedBy<typeof PolynomialFeatures>;

function withProducts(
  x: Table,
  terms: readonly PolynomialTerm[],
  names: readonly string[],
  added: readonly string[],
): Table {
  const features = names.map((name) => x.numeric(name));
  const columns: Float64Array[] = [];
  for (const { feature, rest } of terms) {
    columns.push(rest < 0 ? features[feature] : product(features[feature], columns[rest]));
  }
  const made = columns.slice(features.length);
  const nBias = added.length - made.length;
  const bias = added.slice(0, nBias).map((name) => [name, new Float64Array(x.nRows).fill(1)] as const);
  const products = made.map((values, i) => [added[nBias + i], values] as const);
  return Table.fromColumns([...bias, ...x.entries(), ...products], x.nRows);
}

/** The features of each product, by its name; a squared feature appears twice, and the bias has none. */
function originsOf(
  terms: readonly PolynomialTerm[],
  features: readonly string[],
  added: readonly string[],
): Map<string, string[]> {
  const all: string[][] = [];
  for (const { feature, rest } of terms) {
    all.push([features[feature], ...(rest < 0 ? [] : all[rest])]);
  }
  const ofProducts = all.slice(features.length);
  const nBias = added.length - ofProducts.length;
  return new Map(added.map((name, i) => [name, i < nBias ? [] : ofProducts[i - nBias]]));
}

function compileProducts(
  schema: TableSchema,
  terms: readonly PolynomialTerm[],
  features: readonly string[],
  added: readonly string[],
): RowStep {
  const positions = features.map((name) => positionOf(schema, name, 'numeric'));
  const values = new Float64Array(terms.length);
  const taken = new Set(schema.map(({ name }) => name));
  for (const name of added) {
    if (taken.has(name)) throw new ChurnError('column-name', `column "${name}" appears twice`);
  }
  const columns = added.map((name) => ({ name, kind: 'numeric' as const }));
  const nBias = added.length - (terms.length - features.length);
  return {
    schema: [...columns.slice(0, nBias), ...schema, ...columns.slice(nBias)],
    apply(row) {
      for (let i = 0; i < terms.length; i++) {
        const { feature, rest } = terms[i];
        const value = row[positions[feature]] as number;
        values[i] = rest < 0 ? value : value * values[rest];
      }
      if (nBias > 0) row.unshift(1);
      for (let i = features.length; i < values.length; i++) row.push(values[i]);
      return row;
    },
  };
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  for (let row = 0; row < a.length; row++) result[row] = a[row] * b[row];
  return result;
}
