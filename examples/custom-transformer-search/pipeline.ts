import { type FittedClassifier, Pipeline, type Table } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { CategoryEncoder, custom, DropColumns, SkewCorrector, StandardScaler } from '@churn/transforms';

/** What a candidate of the search is made of. */
export interface Parameters {
  readonly ratios: boolean;
  readonly C: number;
}

const PAIRS = [
  ['Total_Trans_Amt', 'Total_Trans_Ct'],
  ['Total_Revolving_Bal', 'Credit_Limit'],
  ['Total_Trans_Ct', 'Months_on_book'],
] as const;

/** Adds the ratio of some pairs of columns, bounded by the largest that was seen at `fit`. */
export const ratios = custom({
  type: 'Ratios',
  fit: (x) => ({ largest: PAIRS.map(([a, b]) => Math.max(...ratio(x, a, b))) }),
  transform: (x, { largest }) =>
    x.with(
      PAIRS.map(([a, b], i) => [`${a} / ${b}`, ratio(x, a, b).map((value) => Math.min(value, largest[i]!))]),
    ),
});

function ratio(x: Table, a: string, b: string): Float64Array {
  const below = x.numeric(b);
  return x.numeric(a).map((value, row) => value / Math.max(below[row]!, 1));
}

/** The pipeline of a candidate. Each thread imports this function, and the transformer above with it. */
export function candidate({ ratios: withRatios, C }: Parameters): Pipeline<FittedClassifier> {
  const steps = [
    new DropColumns(['CLIENTNUM', 'Unnamed: 0']),
    ...(withRatios ? [ratios] : []),
    new CategoryEncoder(),
    new SkewCorrector(),
    new StandardScaler(),
  ];
  return new Pipeline(steps, new LogisticRegression({ C }));
}
