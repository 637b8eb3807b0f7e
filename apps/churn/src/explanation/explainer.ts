import { type Cell, type Column, cellAt, type FittedPipeline, Table } from '@churn/core';
import {
  FittedForest,
  FittedGradientBoosting,
  FittedLogisticRegression,
  linearShap,
  type ShapValues,
  treeShap,
} from '@churn/models';
import { FittedMeanImputer, FittedPolynomialFeatures, FittedStandardScaler } from '@churn/transforms';
import { type Explanation, reasonText } from './explain-row.js';

/** Explains the rows of a table. */
export type Explainer = (x: Table) => Explanation[];

/** What each raw column adds to the score of each row. */
interface Attribution {
  readonly unit: Explanation['unit'];
  readonly baseline: number;
  /** For each column of the schema a number a row. */
  readonly contributions: readonly Float64Array[];
}

/**
 * Explains what a pipeline of two classes says by its raw columns.
 *
 * Trees and logistic regressions are explained exactly, by SHAP values of the features that they see; what a product of columns
 * contributes is divided equally among its factors. Of other models, a column's contribution is by how much the log-odds
 * change when its value becomes unknown, which leaves out what columns do together.
 */
export function createExplainer(model: FittedPipeline): Explainer {
  const attribute = shapAttribution(model) ?? unknownValueAttribution(model);
  const averages = averagesOf(model);
  return (x) => {
    const [, probabilities] = model.predictProba(x);
    const { unit, baseline, contributions } = attribute(x);
    const columns = model.features.map((name) => x.column(name));
    return Array.from(probabilities, (probability, row) => {
      const total = contributions.reduce((sum, column) => sum + Math.abs(column[row]), 0);
      const reasons = model.features.map((column, j) => {
        const contribution = contributions[j][row];
        const value = valueAt(columns[j], row);
        const text = reasonText(column, value, { contribution, total, average: averages.get(column) });
        return { column, value, contribution, text };
      });
      reasons.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
      return { probability, unit, baseline, reasons };
    });
  };
}

function valueAt(column: Column, row: number): Cell {
  const value = cellAt(column, row);
  return Number.isNaN(value) ? null : value;
}

/** By SHAP values; nothing where the model has none, or a feature cannot be traced back to raw columns. */
function shapAttribution(model: FittedPipeline): ((x: Table) => Attribution) | undefined {
  const explained = shapOf(model);
  if (!explained) return undefined;
  const origins = originsOf(explained.features, model);
  if (!origins) return undefined;
  return (x) => {
    const { contributions: ofFeatures, expectedValue } = explained.values(model.transform(x));
    const contributions = model.features.map(() => new Float64Array(x.nRows));
    origins.forEach((columns, feature) => {
      for (const j of columns) {
        for (let row = 0; row < x.nRows; row++) {
          contributions[j][row] += ofFeatures[feature][row] / columns.length;
        }
      }
    });
    return { unit: explained.unit, baseline: expectedValue, contributions };
  };
}

interface Shap {
  readonly unit: Explanation['unit'];
  readonly features: readonly string[];
  values(x: Table): ShapValues;
}

function shapOf({ classifier, steps }: FittedPipeline): Shap | undefined {
  if (classifier instanceof FittedForest) {
    const features = classifier.forest.binning.features.map(({ name }) => name);
    return { unit: 'probability', features, values: (x) => treeShap(classifier, x)[0] };
  }
  if (classifier instanceof FittedGradientBoosting) {
    const features = classifier.boosted.binning.features.map(({ name }) => name);
    return { unit: 'log-odds', features, values: (x) => treeShap(classifier, x)[0] };
  }
  // Standardised columns have a mean of 0 in the training rows, which is what SHAP values compare with.
  if (classifier instanceof FittedLogisticRegression && steps.at(-1) instanceof FittedStandardScaler) {
    const { features } = classifier;
    const means = Object.fromEntries(features.map((name) => [name, 0]));
    return { unit: 'log-odds', features, values: (x) => linearShap(classifier, x, means)[0] };
  }
  return undefined;
}

/** For each feature the places of the raw columns that it is made of; nothing where one is not known. */
function originsOf(
  features: readonly string[],
  { steps, features: columns }: FittedPipeline,
): number[][] | undefined {
  const place = new Map(columns.map((name, j) => [name, j]));
  const products = new Map<string, readonly string[]>();
  for (const step of steps) {
    if (step instanceof FittedPolynomialFeatures) for (const entry of step.factors) products.set(...entry);
  }
  const origins = features.map((name) =>
    (place.has(name) ? [name] : (products.get(name) ?? [])).map((each) => place.get(each)),
  );
  const isKnown = (each: (number | undefined)[]): each is number[] =>
    each.length > 0 && !each.includes(undefined);
  return origins.every(isKnown) ? origins : undefined;
}

/** By what happens to the log-odds when the value of a column becomes unknown. */
function unknownValueAttribution(model: FittedPipeline): (x: Table) => Attribution {
  return (x) => {
    const scores = logOdds(model, x);
    const unknown = Table.fromColumns(
      model.features.map((name) => [name, missingLike(x.column(name))]),
      x.nRows,
    );
    const contributions = model.features.map((name) => {
      const without = logOdds(model, x.with({ [name]: unknown.column(name) }));
      return scores.map((score, row) => score - without[row]);
    });
    return { unit: 'log-odds', baseline: x.nRows > 0 ? logOdds(model, unknown)[0] : NaN, contributions };
  };
}

function missingLike(column: Column): Column {
  return column.kind === 'numeric'
    ? { kind: 'numeric', values: new Float64Array(column.values.length).fill(NaN) }
    : { kind: 'category', codes: new Int32Array(column.codes.length).fill(-1), levels: column.levels };
}

function logOdds(model: FittedPipeline, x: Table): Float64Array {
  const [, probabilities] = model.predictProba(x);
  return probabilities.map((p) => {
    const inside = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
    return Math.log(inside / (1 - inside));
  });
}

/** The training means of raw numeric columns, as far as an imputer has learned them. */
function averagesOf({ steps }: FittedPipeline): Map<string, number> {
  const averages = new Map<string, number>();
  for (const step of steps) {
    if (!(step instanceof FittedMeanImputer)) continue;
    for (const [name, mean] of Object.entries(step.state.means)) if (mean !== null) averages.set(name, mean);
  }
  return averages;
}
