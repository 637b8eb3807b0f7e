import type { FittedSVC, FittedSVR, KernelDecision } from '@churn/models';
import type { FittedLibsvmSvc } from '@churn/models/mljs';
import type { Expression } from '../../expression.js';
import type { ColumnId } from '../../program.js';
import type { ClassifierLowering } from '../classifier-lowering.js';
import {
  add,
  choose,
  clamp,
  column,
  divide,
  less,
  linear,
  multiply,
  number,
  subtract,
} from '../expressions.js';
import type { ProgramBuilder } from '../program-builder.js';
import { ANY } from '../range.js';
import type { RegressorLowering } from '../regressors.js';
import { programKernel } from '../transformers/joint.js';
import { throwUnsupported } from '../unsupported.js';
import { refuseOverflow } from './amounts.js';
import { named, refuseFeatures, refuseMissing, withComplement } from './probabilities.js';

/** Pairwise probabilities are clipped this far from 0 and 1, since coupling divides by them. */
const CERTAIN = 1e-7;

type Sigmoid = FittedSVC['machine']['pairs'][number]['platt'];

export const svc: ClassifierLowering = ({ fitted, frame, builder }) => {
  const svc = fitted as FittedSVC;
  const { type, features, machine } = svc;
  const { pairs, classes } = machine;
  const read = refuseFeatures(frame, features, builder, { takesMissing: false });
  const names = pairs.map((_, pair) => named('decision', pair));
  const decisions = kernelDecisions(svc, pairs, names, read, builder);
  const ofSecond = pairs.map(({ platt }, pair) => sigmoidOf(platt, column(decisions[pair])));
  if (pairs.length === 1) {
    return {
      probabilities: () => checked(withComplement(type, ofSecond[0], builder)),
      scores: () => decisions,
    };
  }
  return {
    probabilities: () => checked(coupled()),
    scores: () => votes(type, decisions, classes.length, builder),
  };

  function checked(probabilities: readonly ColumnId[]): readonly ColumnId[] {
    refuseMissing(probabilities, builder);
    return probabilities;
  }

  function coupled(): ColumnId[] {
    const inPairs = builder.compute(
      type,
      ofSecond.map((p, pair) => ({ name: named('pair', pair), value: clamp(p, CERTAIN, 1 - CERTAIN) })),
    );
    const names = classes.map((_, k) => named('probability', k));
    return builder.step(inPairs, names, { from: 0, to: 1 }, (outputs) => ({
      kind: 'coupling',
      of: type,
      pairs: inPairs,
      outputs,
    }));
  }
};

export const svr: RegressorLowering = (fitted, frame, builder) => {
  const svr = fitted as FittedSVR;
  const read = refuseFeatures(frame, svr.features, builder, { takesMissing: false });
  const [amount] = kernelDecisions(svr, [svr.machine], ['amount'], read, builder);
  refuseOverflow(amount, builder);
  return amount;
};

/** The decision values of a support vector machine on the columns `read`. */
function kernelDecisions(
  fitted: FittedSVC | FittedSVR,
  decisions: readonly KernelDecision[],
  names: readonly string[],
  read: readonly ColumnId[],
  builder: ProgramBuilder,
): ColumnId[] {
  const { type: of, features, linearWeights } = fitted;
  const { kernel, nSupport, supportVectors } = fitted.machine;
  if (nSupport === 0 || linearWeights) {
    return builder.compute(
      of,
      decisions.map(({ intercept }, k) => ({
        name: names[k],
        value: linearWeights ? linear(intercept, linearWeights[k], read.map(column)) : number(intercept),
      })),
    );
  }
  // Centred on the mean of the support vectors, which preserves most digits of squared distances.
  const middles = supportVectors.map((values) =>
    kernel.kernel === 'rbf' ? values.reduce((sum, value) => sum + value / values.length, 0) : 0,
  );
  const taken = builder.compute(
    of,
    features.map((name, j) => ({
      name: `${name} centred`,
      value: middles[j] === 0 ? column(read[j]) : subtract(column(read[j]), number(middles[j])),
    })),
  );
  const sums = builder.step(
    taken,
    decisions.map((_, k) => named('sum of kernels', k)),
    ANY,
    (outputs) => ({
      kind: 'kernel',
      of,
      features: taken,
      kernel: programKernel(kernel),
      vectors: Array.from({ length: nSupport }, (_, i) =>
        Float64Array.from(supportVectors, (values, j) => values[i] - middles[j]),
      ),
      weights: decisions.map(({ coefficients }) => coefficients),
      distances: 'products',
      outputs,
    }),
  );
  return builder.compute(
    of,
    decisions.map(({ intercept }, k) => ({
      name: names[k],
      value: add(column(sums[k]), number(intercept)),
    })),
  );
}

export const libsvmSvc: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, features, machine, linearWeights } = fitted as FittedLibsvmSvc;
  const { dualCoefficients, supportVectors, intercept, platt } = machine;
  if (!platt) return throwUnsupported(`${type} without probability`, 'it has no probabilities');
  const read = refuseFeatures(frame, features, builder, { takesMissing: false });
  const [decision] = builder.compute(type, [
    {
      name: 'decision',
      value: linearWeights
        ? linear(intercept, linearWeights, read.map(column))
        : add(column(sumOfKernels()), number(intercept)),
    },
  ]);
  return {
    probabilities() {
      const both = withComplement(type, sigmoidOf(platt, column(decision)), builder);
      refuseMissing(both, builder);
      return both;
    },
    scores: () => [decision],
  };

  function sumOfKernels(): ColumnId {
    const nFeatures = features.length;
    const [sum] = builder.step(read, ['sum of kernels'], ANY, (outputs) => ({
      kind: 'kernel',
      of: type,
      features: read,
      kernel: programKernel(machine),
      vectors: Array.from(dualCoefficients, (_, i) =>
        supportVectors.slice(i * nFeatures, (i + 1) * nFeatures),
      ),
      weights: [dualCoefficients],
      outputs,
    }));
    return sum;
  }
};

function sigmoidOf({ slope, intercept }: Sigmoid, decision: Expression): Expression {
  return { op: 'sigmoid', of: slope === 0 ? number(intercept) : linear(intercept, [slope], [decision]) };
}

/** For each class the number of pairs that it wins plus, below 1, the confidence of its decisions. */
function votes(
  of: string,
  decisions: readonly ColumnId[],
  nClasses: number,
  builder: ProgramBuilder,
): ColumnId[] {
  const counts: Expression[][] = Array.from({ length: nClasses }, () => []);
  const margins: Expression[][] = Array.from({ length: nClasses }, () => []);
  let pair = 0;
  for (let first = 0; first < nClasses; first++) {
    for (let second = first + 1; second < nClasses; second++) {
      const decision = column(decisions[pair++]);
      const isSecond = less(number(0), decision);
      counts[first].push(choose(isSecond, number(0), number(1)));
      counts[second].push(choose(isSecond, number(1), number(0)));
      margins[first].push({ op: 'negate', of: decision });
      margins[second].push(decision);
    }
  }
  const confidence = builder.compute(
    of,
    margins.map((each, k) => ({ name: named('confidence', k), value: add(...each) })),
  );
  return builder.compute(
    of,
    counts.map((each, k) => {
      const own = column(confidence[k]);
      const size = multiply(number(3), add({ op: 'abs', of: own }, number(1)));
      return { name: named('score', k), value: add(add(...each), divide(own, size)) };
    }),
  );
}
