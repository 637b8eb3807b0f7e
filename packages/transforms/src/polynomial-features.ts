import {
  ChurnError,
  type FittedTransformer,
  fitThenTransform,
  positionOf,
  type RowStep,
  requireParameter,
  type StateReader,
  Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import {
  countTerms,
  MOST_DEGREE,
  MOST_TERMS,
  type PolynomialTerm,
  polynomialTerms,
} from './polynomial-terms.js';

export interface PolynomialFeaturesOptions extends ColumnsOption {
  /** The largest number of features in a product, from 1 to 100; default 2. */
  readonly degree?: number;
  /** Whether to leave out products that have a feature twice; default `false`. */
  readonly interactionOnly?: boolean;
  /** Whether to add a column `1` of ones in front; default `false`, where scikit-learn's is `True`. */
  readonly includeBias?: boolean;
}

/** The features that are multiplied, in order, and how. */
export type PolynomialFeaturesState = {
  readonly features: readonly string[];
  readonly degree: number;
  readonly interactionOnly: boolean;
  readonly includeBias: boolean;
};

/**
 * Adds the products of up to `degree` numeric columns at the end of the table, in scikit-learn's order and with its
 * names: of `a` and `b` come `a^2`, `a b` and `b^2`. Missing values make missing products.
 *
 * ```ts
 * new PolynomialFeatures({ degree: 2 }).fitTransform(train).output.names; // ['a', 'b', 'a^2', 'a b', 'b^2']
 * ```
 */
export class PolynomialFeatures implements Transformer<FittedPolynomialFeatures> {
  readonly role = 'transformer';
  static readonly type = 'PolynomialFeatures';
  readonly columns?: readonly string[];
  readonly degree: number;
  readonly interactionOnly: boolean;
  readonly includeBias: boolean;

  /**
   * @param options `columns`: the columns to multiply; without it all columns of the table, which must all be numeric.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({
    columns,
    degree = 2,
    interactionOnly = false,
    includeBias = false,
  }: PolynomialFeaturesOptions = {}) {
    requireParameter(isDegree(degree), 'degree', `a whole number from 1 to ${MOST_DEGREE}`, degree);
    requireParameter(
      typeof interactionOnly === 'boolean',
      'interactionOnly',
      'true or false',
      interactionOnly,
    );
    requireParameter(typeof includeBias === 'boolean', 'includeBias', 'true or false', includeBias);
    this.columns = chosenColumns(columns);
    this.degree = degree;
    this.interactionOnly = interactionOnly;
    this.includeBias = includeBias;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedPolynomialFeatures {
    const features = state.names('features');
    const degree = state.integer('degree', { from: 1, to: MOST_DEGREE });
    const interactionOnly = state.boolean('interactionOnly');
    const areFew = countTerms(features.length, degree, interactionOnly) <= MOST_TERMS;
    state.expect(areFew, 'features', `so few that they make up to ${MOST_TERMS} products`);
    return new FittedPolynomialFeatures({
      features,
      degree,
      interactionOnly,
      includeBias: state.boolean('includeBias'),
    });
  }

  /**
   * @throws `column-name` where a column is not there, or a product has the name of another column; `column-kind`; `invalid-data`
   *   where the products are more than 250,000.
   */
  fit(x: Table): FittedPolynomialFeatures {
    const { degree, interactionOnly, includeBias } = this;
    const features = this.columns ?? x.names;
    for (const name of features) x.numeric(name);
    if (countTerms(features.length, degree, interactionOnly) > MOST_TERMS) {
      throw new ChurnError(
        'invalid-data',
        `PolynomialFeatures: ${features.length} columns with degree ${degree} make more than ${MOST_TERMS} products; take fewer columns`,
      );
    }
    const fitted = new FittedPolynomialFeatures({ features, degree, interactionOnly, includeBias });
    // Without rows this only checks that no two columns get one name.
    fitted.transform(x.take([]));
    return fitted;
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The products that a `PolynomialFeatures` makes of the columns it was fitted on. */
export class FittedPolynomialFeatures implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = PolynomialFeatures.type;
  readonly #terms: readonly PolynomialTerm[];

  constructor(readonly state: PolynomialFeaturesState) {
    this.#terms = polynomialTerms(state.features, state.degree, state.interactionOnly);
  }

  /** @throws `column-name` where a column is not there, or a product has the name of another column; `column-kind`. */
  transform(x: Table): Table {
    const features = this.state.features.map((name) => x.numeric(name));
    const columns: Float64Array[] = [];
    for (const { feature, rest } of this.#terms) {
      columns.push(rest < 0 ? features[feature] : product(features[feature], columns[rest]));
    }
    const nFeatures = features.length;
    const bias = this.state.includeBias ? [['1', new Float64Array(x.nRows).fill(1)] as const] : [];
    const products = this.#terms
      .slice(nFeatures)
      .map(({ name }, i) => [name, columns[nFeatures + i]] as const);
    return Table.fromColumns([...bias, ...x.entries(), ...products], x.nRows);
  }

  /** Of which features each product is made, by its name; a feature that is squared comes twice. */
  get origins(): ReadonlyMap<string, readonly string[]> {
    const all: string[][] = [];
    for (const { feature, rest } of this.#terms) {
      all.push([this.state.features[feature], ...(rest < 0 ? [] : all[rest])]);
    }
    return new Map(
      this.#terms.map(({ name }, i): [string, string[]] => [name, all[i]]).slice(this.state.features.length),
    );
  }

  /**
   * The table without the products and the bias.
   * @throws `column-name` where one of them is not there.
   */
  inverseTransform(x: Table): Table {
    const added = this.#addedNames();
    for (const name of added) x.column(name);
    return x.drop(added);
  }

  /** @throws `column-name` where a column is not there, or a product has the name of another column; `column-kind`. */
  compileRow(schema: TableSchema): RowStep {
    const { features, includeBias } = this.state;
    const positions = features.map((name) => positionOf(schema, name, 'numeric'));
    const terms = this.#terms;
    const values = new Float64Array(terms.length);
    const added = this.#addedNames();
    const taken = new Set(schema.map(({ name }) => name));
    for (const name of added) {
      if (taken.has(name)) throw new ChurnError('column-name', `column "${name}" is given twice`);
    }
    const columns = added.map((name) => ({ name, kind: 'numeric' as const }));
    const nBias = includeBias ? 1 : 0;
    return {
      schema: [...columns.slice(0, nBias), ...schema, ...columns.slice(nBias)],
      apply(row) {
        for (let i = 0; i < terms.length; i++) {
          const { feature, rest } = terms[i];
          const value = row[positions[feature]] as number;
          values[i] = rest < 0 ? value : value * values[rest];
        }
        if (includeBias) row.unshift(1);
        for (let i = features.length; i < values.length; i++) row.push(values[i]);
        return row;
      },
    };
  }

  describe(): string {
    const { features, degree } = this.state;
    const nProducts = this.#terms.length - features.length;
    return `PolynomialFeatures: ${nProducts} products of up to ${degree} of ${features.length} columns`;
  }

  /** The names of the columns that are new, the bias first. */
  #addedNames(): string[] {
    const products = this.#terms.slice(this.state.features.length).map(({ name }) => name);
    return this.state.includeBias ? ['1', ...products] : products;
  }
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  for (let row = 0; row < a.length; row++) result[row] = a[row] * b[row];
  return result;
}

function isDegree(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MOST_DEGREE;
}
