import { nextBelow } from '@churn/core';
import type { FittedMlLogisticRegression, FittedMlRandomForest } from '@churn/models/mljs';
import type { ProgramNode, ProgramTree } from '../../program.js';
import type { ClassifierLowering } from '../classifier-lowering.js';
import { column, divide, linear, number } from '../expressions.js';
import { isBounded } from '../range.js';
import { divided } from './calibrated-classifier.js';
import { named, refuseFeatures, refuseMissing } from './probabilities.js';

/** One-vs-rest. */
export const mlLogisticRegression: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, state, features } = fitted as FittedMlLogisticRegression;
  const of = refuseFeatures(frame, features, builder, { takesMissing: false }).map(column);
  const scores = builder.compute(
    type,
    state.models.map(({ code, coefficients, intercept }) => ({
      name: named('score', code),
      value: linear(intercept, coefficients, of),
    })),
  );
  const shares = builder.compute(
    type,
    scores.map((id, k) => ({ name: named('share', k), value: { op: 'sigmoid', of: column(id) } })),
  );
  if (scores.some((id) => !isBounded(builder.rangeOfColumn(id)))) refuseMissing(shares, builder);
  const ofModels = divided(type, shares, builder);
  const probabilities = state.classes.map((_, code) => {
    const k = state.models.findIndex((each) => each.code === code);
    if (k >= 0) return ofModels[k];
    return builder.compute(type, [{ name: named('probability', code), value: number(0) }])[0];
  });
  return { probabilities: () => probabilities };
};

export const mlRandomForest: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, features, classes, forest } = fitted as FittedMlRandomForest;
  const { columns, thresholds, rightChildren, roots } = forest;
  const read = refuseFeatures(frame, features, builder, { takesMissing: false });
  const trees = Array.from(roots, (root, tree): ProgramTree => {
    const end = tree + 1 < roots.length ? roots[tree + 1] : columns.length;
    return Array.from({ length: end - root }, (_, i): ProgramNode => {
      const node = root + i;
      if (columns[node] < 0) {
        return { kind: 'leaf', values: classes.map((__, k) => (k === -1 - columns[node] ? 1 : 0)) };
      }
      return {
        kind: 'number',
        column: read[columns[node]],
        // There, numbers below the threshold go left; here, those up to it.
        threshold: nextBelow(thresholds[node]),
        left: i + 1,
        right: rightChildren[node] - root,
        missing: 'right',
      };
    });
  });
  const names = classes.map((_, k) => named('votes', k));
  const votes = builder.step(new Set(read), names, { from: 0, to: roots.length }, (outputs) => ({
    kind: 'trees',
    of: type,
    trees,
    outputs,
  }));
  return {
    probabilities: () =>
      builder.compute(
        type,
        votes.map((id, k) => ({
          name: named('probability', k),
          value: divide(column(id), number(roots.length)),
        })),
      ),
  };
};
