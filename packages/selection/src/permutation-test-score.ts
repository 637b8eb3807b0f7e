import {
  integerParameter,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  type Target,
  type TargetLike,
  withDefault,
} from '@churn/core';
import { mean } from 'simple-statistics';
import { crossValScoreParameters } from './cross-val-options.js';
import { crossValScore } from './cross-val-score.js';
import { type AnyModel, targetOf } from './model.js';
import { improvement } from './scorer.js';
import { scorerOf } from './scoring.js';
import { type TableLike, tableOf } from './table-like.js';

const parameters = {
  ...crossValScoreParameters,
  /** The number of permutations of the target, at least 1. Default 100. */
  nPermutations: withDefault(integerParameter({ from: 1 }), 100),
  /** The seed of the permutations. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type PermutationTestOptions = OptionsOf<typeof parameters>;

/** The scores of a model on the target, and on permuted targets. */
export interface PermutationTest {
  /** The mean score over the folds. */
  readonly score: number;
  /** The mean score with each permuted target. */
  readonly permutationScores: readonly number[];
  /** The share of permutations, including the original target, that score at least as well. */
  readonly pValue: number;
}

/**
 * A permutation test of whether a model does better than chance: how likely it is to score as well on a shuffled target (Ojala and
 * Garriga, 2010; scikit-learn's `permutation_test_score`). The p-value is `(c + 1) / (n + 1)` for `c` of `n` permutations that score at
 * least as well.
 *
 * @throws as `crossValScore`.
 */
export function permutationTestScore(
  model: AnyModel,
  rows: TableLike,
  y: TargetLike,
  options?: PermutationTestOptions,
): PermutationTest {
  const { nPermutations, seed, scoring, ...settings } = readOptions(parameters, options);
  const x = tableOf(rows);
  const target = targetOf(model, y);
  const scorer = scorerOf<Target>(scoring, target);
  const scoreOf = (of: Target) => mean(crossValScore(model, x, of, { ...settings, scoring }));
  const score = scoreOf(target);
  const random = new Random(seed).stream('permutationTestScore');
  const permutationScores = Array.from({ length: nPermutations }, (_, i) =>
    scoreOf(target.take(random.stream(i).permutation(target.length))),
  );
  const asGood = permutationScores.filter((each) => improvement(scorer, each, score) >= 0).length;
  return { score, permutationScores, pValue: (asGood + 1) / (nPermutations + 1) };
}
