import type { FittedModel, FittedPipeline, Target } from '@churn/core';
import { importanceChart } from '@churn/eda';
import { permutationImportance, type ScorerName } from '@churn/selection';
import type { LabelledRows } from '../training/dataset.js';
import { type Figure, fileName } from './figure.js';
import { spreadRows } from './spread-rows.js';

const PERMUTATIONS = 3;
/** The maximum number of test rows for permutation importance, limited for speed. */
const MEASURED = 1000;

/** The feature importances of a model, if it has any. */
export function importanceFigures(name: string, { model }: FittedPipeline<FittedModel>): Figure[] {
  const importances = model.importances?.();
  if (!importances) return [];
  const features = model.features.map((feature, j) => ({ feature, mean: importances[j] }));
  return [
    {
      id: `feature_importance_${fileName(name)}`,
      section: 'importance',
      alt: `Feature importance of ${name}`,
      chart: importanceChart(features, {
        title: `${name}: feature importance`,
        measure: 'share of the importance of all features',
      }),
    },
  ];
}

/** The metric that changes when values are shuffled. */
interface Shuffled {
  readonly scoring: ScorerName;
  /** Its name, for users. */
  readonly called: string;
  readonly measure: string;
}

/** The permutation importance: the loss of quality on test rows when the values of a column are shuffled. */
export function permutationFigure(
  { name, pipeline }: { readonly name: string; readonly pipeline: FittedPipeline<FittedModel> },
  { x, y }: Pick<LabelledRows<Target>, 'x' | 'y'>,
  { scoring, called, measure }: Shuffled,
  seed: number,
): Figure {
  const rows = spreadRows(x.nRows, MEASURED);
  const importances = permutationImportance(pipeline, x.take(rows), y.take(rows), {
    scoring,
    nRepeats: PERMUTATIONS,
    seed,
  });
  const subtitle = `how much ${called} of test rows falls when the values of a column are shuffled`;
  return {
    id: 'permutation_importance',
    section: 'importance',
    alt: `Permutation importance of ${name}: ${subtitle}`,
    chart: importanceChart(importances, { title: `${name}: permutation importance`, subtitle, measure }),
  };
}
