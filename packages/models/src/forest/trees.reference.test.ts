import { Labels, Table } from '@churn/core';
import extra from '../../test/reference/extra_trees.json';
import reference from '../../test/reference/trees.json';
import type { Criterion } from '../trees/criterion.js';
import { DecisionTreeClassifier } from './decision-tree.js';
import { ExtraTreesClassifier } from './extra-trees.js';
import { RandomForestClassifier } from './random-forest.js';

interface Case {
  readonly params: {
    readonly max_depth: number;
    readonly criterion?: string;
    readonly min_samples_leaf?: number;
    readonly class_weight?: string;
  };
  readonly probabilities: readonly (readonly number[])[];
  readonly importances: readonly number[];
}

describe.each(reference.data)('as scikit-learn on "$name"', ({ name, x: rows, y, trees, forestAuc }) => {
  const x = Table.fromColumns(rows[0].map((_, j) => [`x${j}`, rows.map((row) => row[j])] as const));

  it.each<Case>(trees)('DecisionTreeClassifier with $params', ({ params, probabilities, importances }) => {
    const model = new DecisionTreeClassifier({
      maxDepth: params.max_depth,
      criterion: params.criterion as Criterion | undefined,
      minSamplesLeaf: params.min_samples_leaf,
      classWeight: params.class_weight as 'balanced' | undefined,
    }).fit(x, y);
    model.predictProba(x).forEach((p, k) => {
      p.forEach((value, row) => {
        expect(Math.abs(value - probabilities[k][row])).toBeLessThan(1e-9);
      });
    });
    model.forest.importances.forEach((value, feature) => {
      expect(Math.abs(value - importances[feature])).toBeLessThan(1e-9);
    });
  });

  const half = Math.floor(y.length / 2);
  const [train, test] = [0, half].map((start) =>
    Int32Array.from({ length: start === 0 ? half : y.length - half }, (_, i) => start + i),
  );
  const labels = Labels.from(y);

  it('RandomForestClassifier discriminates as well, on average over seeds', () => {
    const scores = Array.from({ length: 20 }, (_, seed) => {
      const forest = new RandomForestClassifier({ nEstimators: 60, seed }).fit(
        x.take(train),
        labels.take(train),
      );
      return macroAuc(forest.predictProba(x.take(test)), labels.take(test).codes);
    });
    const mean = meanOf(scores);
    // Both are means over 20 seeds: in two of three cases, they differ by at most a third of the standard deviation of one seed.
    expect(Math.abs(mean - forestAuc.mean)).toBeLessThan(forestAuc.sd + 1e-3);
  });

  const forests: readonly ExtraTrees[] = extra.data.find((each) => each.name === name)?.forests ?? [];
  it.each(forests)('ExtraTreesClassifier with $params does as well, on average over seeds', (expected) => {
    const { params, auc, logLoss } = expected;
    const scores = Array.from({ length: 20 }, (_, seed) => {
      const forest = new ExtraTreesClassifier({
        nEstimators: 60,
        criterion: params.criterion as Criterion | undefined,
        minSamplesLeaf: params.min_samples_leaf,
        maxDepth: params.max_depth,
        bootstrap: params.bootstrap,
        seed,
      }).fit(x.take(train), labels.take(train));
      const probabilities = forest.predictProba(x.take(test));
      const { codes } = labels.take(test);
      return { auc: macroAuc(probabilities, codes), logLoss: mixedLogLoss(probabilities, codes) };
    });
    const aucs = meanOf(scores.map((score) => score.auc));
    const losses = meanOf(scores.map((score) => score.logLoss));
    expect(aucs - auc.mean).toBeGreaterThan(-0.7 * auc.sd - 1e-3);
    expect(losses - logLoss.mean).toBeLessThan(0.7 * logLoss.sd + 1e-3);
    // Missing values go to the better side here, and to a random side in scikit-learn.
    if (name === 'missing values') return;
    expect(aucs - auc.mean).toBeLessThan(0.7 * auc.sd + 1e-3);
    expect(losses - logLoss.mean).toBeGreaterThan(-0.7 * logLoss.sd - 1e-3);
  });
});

interface ExtraTrees {
  readonly params: {
    readonly criterion?: string;
    readonly min_samples_leaf?: number;
    readonly max_depth?: number;
    readonly bootstrap?: boolean;
  };
  readonly auc: { readonly mean: number; readonly sd: number };
  readonly logLoss: { readonly mean: number; readonly sd: number };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The log loss of probabilities, none of them 0, as in extra_trees.py. */
function mixedLogLoss(probabilities: readonly Float64Array[], codes: Int32Array): number {
  return meanOf(
    Array.from(
      codes,
      (code, row) => -Math.log(0.99 * probabilities[code][row] + 0.01 / probabilities.length),
    ),
  );
}

/** The mean over the classes of the share of correctly ordered pairs of a row of the class and another row. */
function macroAuc(probabilities: readonly Float64Array[], codes: Int32Array): number {
  const of = probabilities.length === 2 ? [1] : probabilities.map((_, k) => k);
  const aucs = of.map((k) => {
    let [right, all] = [0, 0];
    codes.forEach((code, a) => {
      if (code !== k) return;
      codes.forEach((other, b) => {
        if (other === k) return;
        all++;
        const [p, q] = [probabilities[k][a], probabilities[k][b]];
        right += p > q ? 1 : p === q ? 0.5 : 0;
      });
    });
    return right / all;
  });
  return aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
}
