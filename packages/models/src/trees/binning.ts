import {
  checkedValues,
  firstRepeated,
  hasInfinite,
  type JsonObject,
  packArray,
  requireTable,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { binCodes, binEdges, MAX_BINS, MISSING_BIN } from './bins.js';
import { MAX_FEATURES } from './require-features.js';

/** The bins of a feature: between edges for a numeric one, one per level for a category. */
export type FeatureBins =
  | { readonly name: string; readonly edges: Float64Array }
  | { readonly name: string; readonly levels: readonly string[] };

/** The bins of all features of a fitted tree model. */
export class Binning {
  constructor(readonly features: readonly FeatureBins[]) {}

  /**
   * Determines the bins of all columns of a table. If a category column has more levels than the maximum number of bins, only the most
   * frequent levels have one; the others count as missing, as unseen levels do.
   *
   * @param maxBins the maximum number of bins of a numeric column, up to 255.
   * @param rows the rows to train on. Default all.
   * @param nThreads the maximum number of threads.
   * @throws `column-kind` for a category column if `takesCategories` is false; `invalid-data` for an infinite value, naming column and row.
   */
  static learn(
    x: Table,
    maxBins: number,
    takesCategories: boolean,
    rows?: Int32Array,
    nThreads = 1,
  ): Binning {
    const isNumeric = (name: string) => !takesCategories || x.column(name).kind !== 'category';
    const numeric = x.names.filter(isNumeric);
    const columns = numeric.map((name) => finiteColumn(x, name));
    const edges = binEdges(columns, maxBins, rows, nThreads);
    const edgesOf = new Map(numeric.map((name, i) => [name, edges[i]]));
    return new Binning(
      x.names.map((name) => {
        const edges = edgesOf.get(name);
        return edges ? { name, edges } : { name, levels: frequentLevels(x, name, rows) };
      }),
    );
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): Binning {
    const features = state.children('features').map((feature) => {
      const name = feature.string('name');
      if (feature.has('levels')) {
        const levels = feature.names('levels');
        feature.expect(levels.length <= MAX_BINS, 'levels', `up to ${MAX_BINS} levels`);
        return { name, levels };
      }
      const edges = feature.packed('edges', Float64Array);
      const areEdges = edges.length < MAX_BINS && edges.every((edge, i) => i === 0 || edge > edges[i - 1]);
      feature.expect(areEdges, 'edges', `up to ${MAX_BINS - 1} ascending numbers`);
      return { name, edges };
    });
    const areDistinct = firstRepeated(features.map(({ name }) => name)) === undefined;
    const isRight = areDistinct && features.length > 0 && features.length <= MAX_FEATURES;
    state.expect(isRight, 'features', `1 to ${MAX_FEATURES} features, each name once`);
    return new Binning(features);
  }

  get state(): JsonObject {
    return {
      features: this.features.map((feature): JsonObject => {
        const { name } = feature;
        return 'levels' in feature
          ? { name, levels: feature.levels }
          : { name, edges: packArray(feature.edges) };
      }),
    };
  }

  get names(): string[] {
    return this.features.map(({ name }) => name);
  }

  get schema(): TableSchema {
    return this.features.map((feature) => ({
      name: feature.name,
      kind: 'levels' in feature ? 'category' : 'numeric',
    }));
  }

  isCategory(feature: number): boolean {
    return 'levels' in this.features[feature];
  }

  /**
   * The bin of each row in each feature, one array per feature.
   * @throws `column-name` or `column-kind` if a feature is missing or of another kind than in training; `invalid-data` for an infinite
   * value.
   */
  codes(x: Table): Uint8Array[] {
    requireTable(x);
    return this.features.map((feature) =>
      'levels' in feature ? levelCodes(x, feature) : binCodes(finiteColumn(x, feature.name), feature.edges),
    );
  }
}

/**
 * The bins of all features, row by row. Each row has them twice, with missing values as the last bin and as the first, so that a node can
 * send missing values to either side by comparing one bin.
 *
 * @param codes the bin of each row, one array per feature.
 */
export function rowCodes(codes: readonly Uint8Array[]): Uint8Array {
  const nFeatures = codes.length;
  const nRows = codes[0]?.length ?? 0;
  const rows = new Uint8Array(2 * nFeatures * nRows);
  codes.forEach((column, j) => {
    for (let row = 0, at = j; row < nRows; row++, at += 2 * nFeatures) {
      const code = column[row];
      rows[at] = code;
      rows[at + nFeatures] = code === MISSING_BIN ? 0 : code;
    }
  });
  return rows;
}

/**
 * The values of a numeric column.
 * @throws `column-name`, `column-kind`, or `invalid-data` for an infinite value, naming column and row.
 */
export function finiteColumn(x: Table, name: string): Float64Array {
  const values = x.numeric(name);
  if (!hasInfinite(values)) return values;
  return checkedValues(
    name,
    values,
    (value) => Math.abs(value) !== Infinity,
    (value) => `expected a finite number or a missing value, got ${value}`,
  );
}

function frequentLevels(x: Table, name: string, rows?: Int32Array): readonly string[] {
  const { codes, levels } = x.category(name);
  const taken = rows ? rows.map((row) => codes[row]) : codes;
  const counts = new Int32Array(levels.length);
  for (const code of taken) if (code >= 0) counts[code]++;
  return levelsWithBins(levels.map((level, code) => [level, counts[code]]));
}

/** The levels that get a bin: the most frequent ones, given the number of rows of each. */
export function levelsWithBins(counts: readonly (readonly [level: string, count: number])[]): string[] {
  return counts
    .filter(([, count]) => count > 0)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MAX_BINS)
    .map(([level]) => level);
}

/**
 * The bin of each row in a category feature.
 * @throws `column-name` or `column-kind` if it is missing or of another kind than in training.
 */
export function levelCodes(
  x: Table,
  { name, levels }: { readonly name: string; readonly levels: readonly string[] },
): Uint8Array {
  const column = x.category(name);
  const binOfLevel = new Map(levels.map((level, bin) => [level, bin]));
  const binOfCode = column.levels.map((level) => binOfLevel.get(level) ?? MISSING_BIN);
  const bins = new Uint8Array(column.codes.length);
  for (let row = 0; row < bins.length; row++) {
    const code = column.codes[row];
    bins[row] = code < 0 ? MISSING_BIN : binOfCode[code];
  }
  return bins;
}
