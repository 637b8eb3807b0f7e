import {
  type Attributions,
  type ClassLabel,
  oneOf,
  parameter,
  requireParameter,
  type Table,
  withDefault,
} from '@churn/core';
import { type ExplainedModel, logOdds } from './explained-model.js';

/** The options that select an output of a model. */
export interface OutputOptions {
  /**
   * The class; default the second of two. Required for more than two classes; not allowed for regressors and survival models.
   */
  readonly label?: ClassLabel;
  /**
   * The unit of the output: `'probability'` (default) or `'log-odds'`. Ignored for regressors and survival models.
   */
  readonly scale?: 'probability' | 'log-odds';
}

export const outputParameters = {
  label: parameter('a class', (value): value is ClassLabel =>
    ['string', 'number', 'boolean'].includes(typeof value),
  ),
  scale: withDefault(oneOf(['probability', 'log-odds']), 'probability'),
};

/** One output of a model. */
export interface ModelOutput {
  readonly unit: Attributions['unit'];
  /** The class whose probability is predicted; absent for regressors and survival models. */
  readonly label?: ClassLabel;
  /** The output for each row. */
  readonly of: (x: Table) => Float64Array;
}

/** @throws `invalid-parameter` if the label is not a class of the model, or is missing for more than two. */
export function modelOutput(model: ExplainedModel, { label, scale }: OutputOptions): ModelOutput {
  if (model.role !== 'classifier') {
    const [unit, what] =
      model.role === 'regressor' ? (['amount', 'values'] as const) : (['risk', 'risks'] as const);
    requireParameter(label === undefined, 'label', `none, since the model predicts ${what}`, label);
    return { unit, of: (x) => model.predict(x) };
  }
  const { classes } = model;
  const code = label === undefined && classes.length === 2 ? 1 : classes.indexOf(label as ClassLabel);
  requireParameter(code >= 0, 'label', `one of the classes ${classes.map(String).join(', ')}`, label);
  const probability = (x: Table) => model.predictProba(x)[code];
  return scale === 'log-odds'
    ? { unit: scale, label: classes[code], of: (x) => probability(x).map(logOdds) }
    : { unit: 'probability', label: classes[code], of: probability };
}
