import type { TreeEnsemble, TreeEnsembleClassifier, TreeEnsembleRegressor } from '@churn/models';
import type { Expression } from '../../expression.js';
import type { ColumnId, ProgramNode, ProgramTree } from '../../program.js';
import type { ClassifierLowering } from '../classifier-lowering.js';
import {
  add,
  atLeast,
  choose,
  clamp,
  column,
  divide,
  isMissing,
  less,
  lessOrEqual,
  MISSING,
  multiply,
  negate,
  number,
  text,
} from '../expressions.js';
import type { Frame } from '../frame.js';
import type { ProgramBuilder } from '../program-builder.js';
import type { RegressorLowering } from '../regressors.js';
import { refuseOverflow } from './amounts.js';
import { divided, softplus } from './calibrated-classifier.js';
import { named, ofScores, refuseFeatures, withComplement } from './probabilities.js';

/** The largest number that LightGBM treats as zero. */
const MAX_ZERO = Math.fround(1e-35);

/** A text that stands for missing levels if they go to another side than unseen ones. */
const MISSING_LEVEL = '\u0000missing';

export const treeEnsembleClassifier: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, parts } = fitted as TreeEnsembleClassifier;
  const { link, slope, ensemble } = parts;
  const scores = scoresOf(type, ensemble, frame, builder);
  const scaled =
    slope === 1
      ? scores
      : builder.compute(
          type,
          scores.map((id, k) => ({
            name: named('scaled score', k),
            value: multiply(number(slope), column(id)),
          })),
        );
  return { probabilities: linked, scores: () => scores };

  function linked(): ColumnId[] {
    if (link === 'logistic' || link === 'softmax') return ofScores(type, scaled, builder);
    if (link === 'shares' && scaled.length === 1) {
      return withComplement(type, clamp(column(scaled[0]), 0, 1), builder);
    }
    const shares = builder.compute(
      type,
      scaled.map((id, k) => ({
        name: named('share', k),
        value: link === 'oneVsRest' ? { op: 'sigmoid', of: column(id) } : atLeast(column(id), 0),
      })),
    );
    return divided(type, shares, builder);
  }
};

export const treeEnsembleRegressor: RegressorLowering = (fitted, frame, builder) => {
  const { type, parts } = fitted as TreeEnsembleRegressor;
  const [score] = scoresOf(type, parts.ensemble, frame, builder);
  const [amount] = builder.compute(type, [{ name: 'amount', value: amountOf(parts.link, column(score)) }]);
  if (parts.link === 'exp' || parts.link === 'square') refuseOverflow(amount, builder);
  return amount;
};

function amountOf(link: TreeEnsembleRegressor['parts']['link'], score: Expression): Expression {
  switch (link) {
    case 'identity':
      return score;
    case 'exp':
      return { op: 'exp', of: score };
    case 'logistic':
      return { op: 'sigmoid', of: score };
    case 'square': {
      const square = multiply(score, score);
      return choose(less(score, number(0)), negate(square), square);
    }
    case 'softplus':
      return softplus(score);
  }
}

function scoresOf(of: string, ensemble: TreeEnsemble, frame: Frame, builder: ProgramBuilder): ColumnId[] {
  const { trees, baseScores, isMean, precision } = ensemble.parts;
  const names = trees.features.map(({ name }) => name);
  const features = refuseFeatures(frame, names, builder, { takesMissing: true });
  const all = Array.from({ length: trees.length }, (_, tree) => trees.nodesOf(tree));
  const read = treeInputs(of, trees.features, all, features, builder);
  const lowered = all.map((tree) => loweredTree(tree, trees.features, read));
  const nScores = baseScores.length;
  const divisor = isMean ? ensemble.treesPerScore : 1;
  const sums =
    trees.nValues === 1
      ? baseScores.flatMap((base, k) => {
          const own = lowered.filter((_, tree) => tree % nScores === k);
          return sumsOf(own, [named('sum of trees', k)], [base]);
        })
      : sumsOf(
          lowered,
          baseScores.map((_, k) => named('sum of trees', k)),
          baseScores,
        );
  const values = sums.map((sum, k) => {
    const mean = divisor === 1 ? column(sum) : divide(column(sum), number(divisor));
    return baseScores[k] === 0 ? mean : add(mean, number(baseScores[k]));
  });
  return builder.compute(
    of,
    values.map((value, k) => ({ name: named('score', k), value })),
  );

  function sumsOf(
    own: readonly ProgramTree[],
    outputs: readonly string[],
    base: readonly number[],
  ): ColumnId[] {
    // The ensemble was validated: its sums are finite.
    const range = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE };
    return builder.step(new Set(read), outputs, range, (ids) => ({
      kind: 'trees',
      of,
      trees: own,
      outputs: ids,
      ...(precision === 'single' && { single: { base, divisor } }),
    }));
  }
}

type EnsembleNodes = ReturnType<TreeEnsemble['parts']['trees']['nodesOf']>;
type Features = TreeEnsemble['features'];

/** The input columns of trees: zeros become missing if they count as such, and missing levels a level if they go to another side than unseen ones. */
function treeInputs(
  of: string,
  features: Features,
  trees: readonly EnsembleNodes[],
  ids: readonly ColumnId[],
  builder: ProgramBuilder,
): ColumnId[] {
  const isSeparate = new Set(
    trees.flatMap((nodes) =>
      nodes.flatMap((node) =>
        node.kind === 'category' && node.unseen !== node.missing ? [node.feature] : [],
      ),
    ),
  );
  return builder.compute(
    of,
    features.map(({ name, levels, zeroIsMissing }, j) => {
      const x = column(ids[j]);
      if (levels) {
        const value = isSeparate.has(j) ? choose(isMissing(x), text(MISSING_LEVEL), x) : x;
        return { name, kind: 'text' as const, value };
      }
      const isZero = lessOrEqual({ op: 'abs', of: x }, number(MAX_ZERO));
      return { name, value: zeroIsMissing ? choose(isZero, MISSING, x) : x };
    }),
  );
}

function loweredTree(nodes: EnsembleNodes, features: Features, ids: readonly ColumnId[]): ProgramTree {
  return nodes.map((node): ProgramNode => {
    if (node.kind === 'leaf') return { kind: 'leaf', values: node.values };
    const { feature, left, right, missing } = node;
    if (node.kind === 'number') {
      const { threshold } = node;
      return { kind: 'number', column: ids[feature], threshold, left, right, missing };
    }
    const known = features[feature].levels ?? [];
    const isLeft = new Set(node.levels);
    // The levels on the side without unseen levels.
    const listed = known.filter((_, place) => isLeft.has(place) === (node.unseen === 'right'));
    const levels = missing === node.unseen ? listed : [...listed, MISSING_LEVEL];
    const [inside, outside] = node.unseen === 'right' ? [left, right] : [right, left];
    return { kind: 'text', column: ids[feature], levels, inside, outside };
  });
}
