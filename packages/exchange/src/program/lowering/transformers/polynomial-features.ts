import { polynomialTerms } from '@churn/transforms';
import type { Expression } from '../../expression.js';
import { column, multiply, number } from '../expressions.js';
import type { TransformerLowering } from '../transformer-lowering.js';

export const polynomialFeatures: TransformerLowering = ({ state, frame, schema, builder }) => {
  const { features, degree, interactionOnly, includeBias } = state as {
    readonly features: readonly string[];
    readonly degree: number;
    readonly interactionOnly: boolean;
    readonly includeBias: boolean;
  };
  const terms = polynomialTerms(features, degree, interactionOnly);
  const nBias = includeBias ? 1 : 0;
  const names = schema.slice(nBias + frame.columns.length).map(({ name }) => name);
  const values: Expression[] = features.map((name) => frame.value(name));
  // The products of each degree are computed from those of the degree below, in a separate step.
  for (let start = features.length; start < terms.length; ) {
    let end = start;
    while (end < terms.length && terms[end].rest < start) end++;
    const made = terms.slice(start, end).map(({ feature, rest }, i) => ({
      name: names[start - features.length + i],
      value: multiply(values[feature], values[rest]),
    }));
    if (end === terms.length) values.push(...made.map(({ value }) => value));
    else values.push(...builder.compute('PolynomialFeatures', made).map(column));
    start = end;
  }
  return [
    ...Array.from({ length: nBias }, () => number(1)),
    ...frame.columns.map(({ id }) => column(id)),
    ...values.slice(features.length),
  ];
};
