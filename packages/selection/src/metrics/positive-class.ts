import { ChurnError, type ClassLabel, isClassLabel, parameter, requireParameter } from '@churn/core';
import { metricParameters } from './metric.js';

export const positiveParameters = {
  ...metricParameters,
  /** The positive class. Default that of the labels. */
  positive: parameter<ClassLabel>('the label of a class', isClassLabel),
};

/**
 * The place of the positive class among two.
 *
 * @param positive the class that was named as such.
 * @param known the positive class of the labels, if it is known.
 * @throws `invalid-parameter` if `positive` is not a class; `invalid-target` if neither is there.
 */
export function positiveCode(
  classes: readonly ClassLabel[],
  positive: ClassLabel | undefined,
  known: ClassLabel | undefined,
): number {
  const named = positive ?? known;
  if (named !== undefined) {
    const code = classes.indexOf(named);
    requireParameter(code >= 0, 'positive', `one of ${JSON.stringify(classes)}`, named);
    return code;
  }
  const [a, b] = classes.map((label) => JSON.stringify(label));
  throw new ChurnError(
    'invalid-target',
    `the positive class, ${a} or ${b}, is unknown; name it: Labels.from(y, { positive: ${b} })`,
  );
}
