import type { FittedClassifier, FittedPipeline } from '@churn/core';
import type { FittedStackingClassifier, FittedVotingClassifier } from '@churn/models';
import type { FittedGroupThresholdClassifier, FittedThresholdClassifier } from '@churn/selection';
import type { ClassifierLowering } from '../classifier-lowering.js';
import { atMost, column, linear, number } from '../expressions.js';
import { Frame } from '../frame.js';
import { lowerTransformer } from '../lower-transformer.js';
import { logOdds } from './log-odds.js';
import { named } from './probabilities.js';

export const pipelineClassifier: ClassifierLowering = ({ fitted, frame, builder, lower }) => {
  const { schema, steps, model } = fitted as FittedPipeline<FittedClassifier>;
  const inner = frame.select(schema.map(({ name }) => name));
  return lower(
    model,
    steps.reduce((table, step) => lowerTransformer(step, table, builder), inner),
  );
};

export const thresholdClassifier: ClassifierLowering = ({ fitted, frame, lower }) => {
  const { classifier, threshold } = fitted as FittedThresholdClassifier;
  const { probabilities } = lower(classifier, frame);
  return { probabilities, threshold };
};

export const groupThresholdClassifier: ClassifierLowering = ({ fitted, frame, builder, lower }) => {
  const { type, classifier, by, thresholds } = fitted as FittedGroupThresholdClassifier;
  const { probabilities } = lower(classifier, frame);
  const overall = number(thresholds.overall);
  const entries = new Map(Array.from(thresholds.groups, ([group, threshold]) => [group, number(threshold)]));
  const [ofRow] = builder.compute(type, [
    {
      name: 'threshold',
      value: { op: 'lookup', of: frame.value(by), entries, missing: overall, otherwise: overall },
    },
  ]);
  return { probabilities, thresholds: ofRow };
};

/** `VotingClassifier` and `BaggedClassifier`. */
export const votingClassifier: ClassifierLowering = ({ fitted, frame, builder, lower }) => {
  const { type, members, weights, classes } = fitted as FittedVotingClassifier;
  const all = members.map((member) => lower(member, frame).probabilities());
  const probabilities = builder.compute(
    type,
    classes.map((_, k) => ({
      name: named('probability', k),
      // Rounding may exceed 1.
      value: atMost(
        linear(
          0,
          weights,
          all.map((each) => column(each[k])),
        ),
        1,
      ),
    })),
  );
  return { probabilities: () => probabilities };
};

export const stackingClassifier: ClassifierLowering = ({ fitted, frame, builder, lower }) => {
  const { type, members, final, classes } = fitted as FittedStackingClassifier;
  const read = members.flatMap((member) => {
    const probabilities = lower(member, frame).probabilities();
    return classes.length === 2 ? [probabilities[1]] : probabilities;
  });
  const names = members.flatMap((_, i) =>
    classes.length === 2 ? [`member ${i + 1}`] : classes.map((label) => `member ${i + 1}: ${label}`),
  );
  const ids = builder.compute(
    type,
    read.map((id, j) => ({ name: names[j], value: logOdds(column(id)) })),
  );
  const { probabilities, threshold } = lower(
    final,
    new Frame(names.map((name, j) => ({ name, kind: 'numeric', id: ids[j] }))),
  );
  return { probabilities, threshold };
};
