import {
  type ClassLabel,
  Labels,
  type LabelsLike,
  requireParameter,
  requireTargetPerRow,
  type Table,
  twoClassLabels,
} from '@churn/core';

/** A two-class target with its name and positive class. */
export interface NamedTarget {
  readonly name: string;
  /** One label per row. */
  readonly values: LabelsLike;
  readonly positive: ClassLabel;
}

/** A target as the figures need it. */
export interface ProfileTarget {
  readonly name: string | null;
  readonly positive: ClassLabel;
  /** 1 for each row of the positive class, else 0. */
  readonly isPositive: Uint8Array;
}

/**
 * Reads the target of `x`; of plain labels the second class is the positive one.
 *
 * @throws `invalid-target` unless there are rows of two classes; `invalid-data` if there is not one label per row; `invalid-parameter` if
 * `positive` is not one of the classes.
 */
export function profileTarget(x: Table, target: LabelsLike | NamedTarget): ProfileTarget {
  const isNamed = 'name' in target;
  const labels = twoClassLabels(isNamed ? target.values : target);
  requireTargetPerRow(x, labels);
  const positive = isNamed ? target.positive : labels.classes[1];
  const wanted = labels.classes.indexOf(positive);
  requireParameter(wanted >= 0, 'target.positive', `one of ${JSON.stringify(labels.classes)}`, positive);
  const { codes } = Labels.from(labels);
  const isPositive = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++) isPositive[row] = codes[row] === wanted ? 1 : 0;
  return { name: isNamed ? target.name : null, positive, isPositive };
}
