import {
  type Attribution,
  ChurnError,
  firstRepeated,
  type JsonObject,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { areShares } from '../shares.js';
import { MAX_FEATURES } from '../trees/require-features.js';
import { type BinnedTrees, binnedTrees } from './binned-trees.js';
import { ensembleColumns } from './ensemble-columns.js';
import type { EnsembleFeature } from './ensemble-node.js';
import { EnsembleTrees } from './ensemble-trees.js';
import { walkTrees } from './walk-trees.js';

/** The parts of an ensemble of trees grown by another library. */
export interface TreeEnsembleParts {
  /** The trees. If leaves have one value, tree t contributes to score t % n of n scores; otherwise a leaf has one value per score. */
  readonly trees: EnsembleTrees;
  /** The base scores before any tree, one per score. */
  readonly baseScores: readonly number[];
  /** Whether a score is the mean of its trees, before the base score is added, or their sum. */
  readonly isMean: boolean;
  /**
   * The precision of the sums. With `single`, sums start from the base score and are rounded to 32 bits after each tree, as in XGBoost and
   * ONNX runtimes.
   */
  readonly precision: 'double' | 'single';
  /** The share of each feature in the total gain of the splits; all 0 if no tree has a split. Absent if unknown. */
  readonly importances?: readonly number[] | undefined;
}

/** The largest number of single precision. */
const LARGEST_SINGLE = 3.4028234663852886e38;
/** With more columns of bins per feature, traversing the trees is faster than binning rows. */
const MAX_COLUMNS_A_FEATURE = 4;

/** Trees grown by another library, and their scores. */
export class TreeEnsemble {
  #binned: readonly BinnedTrees[] | undefined;

  constructor(readonly parts: TreeEnsembleParts) {
    if (!isBounded(parts)) throw new ChurnError('model-file', `expected ${BOUNDED}`);
  }

  /**
   * @param nScores the expected number of scores.
   * @throws `model-file` if `state` is not that of an ensemble.
   */
  static restore(state: StateReader, nScores: number): TreeEnsemble {
    const features = state.children('features').map((feature): EnsembleFeature => {
      const name = feature.string('name');
      if (feature.has('levels')) return { name, levels: feature.names('levels') };
      return feature.has('zeroIsMissing')
        ? { name, zeroIsMissing: feature.boolean('zeroIsMissing') }
        : { name };
    });
    const areDistinct = firstRepeated(features.map(({ name }) => name)) === undefined;
    const isRight = areDistinct && features.length > 0 && features.length <= MAX_FEATURES;
    state.expect(isRight, 'features', `1 to ${MAX_FEATURES} features, each name once`);
    const nValues = state.integer('nValues', { from: 1, to: nScores });
    state.expect(nValues === 1 || nValues === nScores, 'nValues', 'one per leaf, or one per score');
    const trees = EnsembleTrees.restore(state.child('trees'), features, nValues);
    state.expect(
      nValues === nScores || trees.length % nScores === 0,
      'trees',
      `the same number for each of ${nScores} scores`,
    );
    const isMean = state.boolean('isMean');
    state.expect(!isMean || trees.length > 0, 'trees', 'one or more');
    const importances = state.has('importances')
      ? state.numbers('importances', { length: features.length })
      : undefined;
    const areImportances =
      !importances || areShares(importances) || importances.every((share) => share === 0);
    if (!areImportances) state.expect(false, 'importances', 'shares that add up to 1, or are all 0');
    const parts: TreeEnsembleParts = {
      trees,
      baseScores: state.numbers('baseScores', { length: nScores }),
      isMean,
      precision: state.oneOf('precision', ['double', 'single']),
      importances,
    };
    state.expect(isBounded(parts), 'trees', BOUNDED);
    return new TreeEnsemble(parts);
  }

  get state(): JsonObject {
    const { trees, baseScores, isMean, precision, importances } = this.parts;
    return {
      features: trees.features.map(({ name, levels, zeroIsMissing }) => ({
        name,
        ...(levels && { levels }),
        ...(zeroIsMissing && { zeroIsMissing }),
      })),
      nValues: trees.nValues,
      baseScores,
      isMean,
      precision,
      ...(importances && { importances }),
      trees: trees.state,
    };
  }

  get features(): readonly EnsembleFeature[] {
    return this.parts.trees.features;
  }

  get schema(): TableSchema {
    return this.features.map(({ name, levels }) => ({ name, kind: levels ? 'category' : 'numeric' }));
  }

  get nScores(): number {
    return this.parts.baseScores.length;
  }

  /** The number of trees per score. */
  get treesPerScore(): number {
    const { trees } = this.parts;
    return trees.length / (trees.nValues === 1 ? this.nScores : 1);
  }

  /** Whether the weights of the leaves are known, as SHAP values require. */
  get hasCovers(): boolean {
    return this.parts.trees.arrays.leafWeights !== undefined;
  }

  /**
   * The scores of each row, one array per score.
   * @throws `column-name` or `column-kind` if a feature is missing or of another kind; `invalid-data` for an infinite value, naming column
   * and row.
   */
  scores(x: Table): Float64Array[] {
    const { trees, baseScores, isMean, precision } = this.parts;
    const divisor = isMean ? this.treesPerScore : 1;
    if (precision === 'single') {
      const start = isMean ? baseScores.map(() => 0) : baseScores;
      const sums = start.map((base) => new Float32Array(x.nRows).fill(base));
      walkTrees(trees, ensembleColumns(trees.features, x), sums);
      return sums.map((sum, k) =>
        isMean
          ? Float64Array.from(sum, (value) => Math.fround(Math.fround(value / divisor) + baseScores[k]))
          : Float64Array.from(sum),
      );
    }
    return this.#sums(x).map((sum, k) => sum.map((value) => value / divisor + baseScores[k]));
  }

  /** Exact SHAP values of the scores. @throws as `scores`; `invalid-data` if the weights of the leaves are not known. */
  contributions(x: Table): Attribution[] {
    if (!this.hasCovers) throw new ChurnError('invalid-data', 'the weights of the leaves are not known');
    const { baseScores, isMean } = this.parts;
    const divisor = isMean ? this.treesPerScore : 1;
    const found = this.#ready().map((binned) => binned.contributions(x, this.nScores));
    return baseScores.map((base, k) => ({
      baseline: base + found.reduce((sum, outputs) => sum + outputs[k].baseline, 0) / divisor,
      contributions: this.features.map((_, j) =>
        Float64Array.from(
          { length: x.nRows },
          (_, row) => found.reduce((sum, outputs) => sum + outputs[k].contributions[j][row], 0) / divisor,
        ),
      ),
    }));
  }

  #sums(x: Table): Float64Array[] {
    const { trees } = this.parts;
    const binned = this.#ready();
    const isSmall = binned.length === 1 && binned[0].nColumns <= MAX_COLUMNS_A_FEATURE * this.features.length;
    if (isSmall && binned[0].nColumns > 0) return binned[0].list.sums(binned[0].codes(x), x.nRows);
    const sums = Array.from({ length: this.nScores }, () => new Float64Array(x.nRows));
    walkTrees(trees, ensembleColumns(trees.features, x), sums);
    return sums;
  }

  #ready(): readonly BinnedTrees[] {
    this.#binned ??= binnedTrees(this.parts.trees, this.nScores);
    return this.#binned;
  }
}

const BOUNDED = 'trees whose leaf values have finite sums';

/** Whether no sum can overflow. */
function isBounded({ trees, baseScores, precision }: TreeEnsembleParts): boolean {
  const most = precision === 'single' ? LARGEST_SINGLE : Number.MAX_VALUE;
  return sumOfSizes(trees.arrays.leafValues) + sumOfSizes(baseScores) <= most;
}

function sumOfSizes(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum;
}
