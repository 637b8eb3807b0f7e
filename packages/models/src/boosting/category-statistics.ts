import {
  type Attribution,
  type JsonObject,
  packArray,
  requireTable,
  type StateReader,
  Table,
  type TableSchema,
} from '@churn/core';
import { MAX_FEATURES } from '../trees/require-features.js';
import { CategoryCells } from './category-cells.js';
import { sharesOf } from './category-shares.js';

/** The class shares in cells, or the means of a numeric target, as a model stores them. */
export interface CategoryStatistic {
  readonly cells: CategoryCells;
  /** One array per predicted class, with one share per cell. */
  readonly shares: readonly Float64Array[];
}

/** The bounds of statistics. */
interface ValueBounds {
  readonly from?: number;
  readonly to?: number;
}

const SHARES: ValueBounds = { from: 0, to: 1 };

/** The parts of `CategoryStatistics`. */
interface CategoryStatisticsParts {
  /** The columns of the model. */
  readonly schema: TableSchema;
  /** The category columns of which trees receive only the statistics. */
  readonly replaced: readonly string[];
  /** The share of each predicted class, used for cells without training rows. */
  readonly priors: readonly number[];
  readonly statistics: readonly CategoryStatistic[];
}

/**
 * Category columns as numbers: the columns of a table that trees receive unchanged, then the shares of classes among the training rows of
 * the same level, in one column or in several combined.
 */
export class CategoryStatistics {
  constructor(readonly parts: CategoryStatisticsParts) {}

  /** @throws `model-file` if `state` is not that of this number of statistics per cell. */
  static restore(state: StateReader, nTold: number, bounds: ValueBounds = SHARES): CategoryStatistics {
    const features = state.names('features');
    const categories = state.names('categories');
    const replaced = state.names('replaced');
    state.expect(features.length <= MAX_FEATURES, 'features', `up to ${MAX_FEATURES} names`);
    const known = new Set(features);
    state.expect(
      categories.every((name) => known.has(name)),
      'categories',
      'names of features',
    );
    state.expect(
      replaced.every((name) => categories.includes(name)),
      'replaced',
      'names of category columns',
    );
    const priors = state.numbers('priors', { length: nTold, ...bounds });
    const statistics = state.children('statistics').map((each) => {
      const cells = CategoryCells.restore(each, categories);
      const range = { length: cells.length * nTold, ...bounds };
      const shares = each.packed('shares', Float64Array, range);
      return {
        cells,
        shares: priors.map((_, k) => shares.slice(k * cells.length, (k + 1) * cells.length)),
      };
    });
    const schema = features.map((name) => ({
      name,
      kind: categories.includes(name) ? ('category' as const) : ('numeric' as const),
    }));
    return new CategoryStatistics({ schema, replaced, priors, statistics });
  }

  get state(): JsonObject {
    const { schema, replaced, priors, statistics } = this.parts;
    return {
      features: schema.map(({ name }) => name),
      categories: schema.filter(({ kind }) => kind === 'category').map(({ name }) => name),
      replaced,
      priors,
      statistics: statistics.map(({ cells, shares }) => ({
        ...cells.state,
        shares: packArray(Float64Array.from(shares.flatMap((each) => Array.from(each)))),
      })),
    };
  }

  /** The columns that trees receive. */
  get derived(): TableSchema {
    const { schema } = this.parts;
    const made = this.#names.map((name) => ({ name, kind: 'numeric' as const }));
    return [...schema.filter(({ name }) => this.#isKept(name)), ...made];
  }

  /** For each column that trees receive, the columns of the model that it is computed from. */
  get origins(): readonly (readonly string[])[] {
    const { schema, priors, statistics } = this.parts;
    const kept = schema.filter(({ name }) => this.#isKept(name)).map(({ name }) => [name]);
    return [...kept, ...statistics.flatMap(({ cells }) => priors.map(() => cells.columns))];
  }

  /**
   * The columns that trees receive, for some rows.
   * @throws `column-name` or `column-kind` if a column is not there as it was in training.
   */
  transform(x: Table): Table {
    requireTable(x);
    const { replaced, priors, statistics } = this.parts;
    // Including those without statistics.
    for (const name of replaced) x.category(name);
    return this.withShares(
      x,
      statistics.flatMap(({ cells, shares }) => {
        const places = cells.places(x);
        return priors.map((prior, k) => sharesOf(places, shares[k], prior));
      }),
    );
  }

  /** The columns that trees receive, for given shares. */
  withShares(x: Table, shares: readonly Float64Array[]): Table {
    const kept = x.select(this.parts.schema.map(({ name }) => name).filter((name) => this.#isKept(name)));
    return Table.fromColumns(
      [...kept.entries(), ...this.#names.map((name, i) => [name, shares[i]] as const)],
      x.nRows,
    );
  }

  /**
   * The contributions of the columns that trees receive, by the columns of the model. The contribution of a combination is shared equally
   * between its columns.
   */
  ofColumns({ baseline, contributions }: Attribution, nRows: number): Attribution {
    const places = new Map(this.parts.schema.map(({ name }, place) => [name, place]));
    const sums = this.parts.schema.map(() => new Float64Array(nRows));
    this.origins.forEach((columns, feature) => {
      for (const name of columns) {
        const sum = sums[places.get(name) as number];
        contributions[feature].forEach((value, row) => {
          sum[row] += value / columns.length;
        });
      }
    });
    return { baseline, contributions: sums };
  }

  #isKept(name: string): boolean {
    return !this.parts.replaced.includes(name);
  }

  /** Names of the computed columns, different from those of the columns of the model. */
  get #names(): string[] {
    const { schema, priors, statistics } = this.parts;
    let mark = 'share';
    while (schema.some(({ name }) => name.startsWith(mark))) mark += '#';
    return statistics.flatMap((_, s) => priors.map((_, k) => `${mark} ${s}.${k}`));
  }
}
