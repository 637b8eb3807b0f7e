import {
  type Cell,
  type Column,
  cellAt,
  extremeColumn,
  type FittedClassifier,
  type FittedPipeline,
  log,
  type RowFault,
  rawColumns,
  rowFaultError,
  Table,
} from '@churn/core';
import {
  FittedForest,
  FittedGradientBoosting,
  FittedLogisticRegression,
  linearShap,
  type ShapValues,
  treeShap,
} from '@churn/models';
import { FittedThresholdClassifier } from '@churn/selection';
import { FittedStandardScaler } from '@churn/transforms';
import { toldClass } from '../model/decision.js';
import { type Explanation, reasonText } from './explain-row.js';

/**
 * Explains the rows of a table; what the model says of them is given where it is known.
 *
 * Throws `invalid-data` for rows whose contributions are too large to add up, with a fault for each that names its column.
 */
export type Explainer = (x: Table, probabilities?: readonly Float64Array[]) => Explanation[];

/** What raw columns add to the scores of the classes; of two, to that of the second alone. */
interface Attribution {
  readonly unit: Explanation['unit'];
  readonly classes: readonly ClassAttribution[];
}

interface ClassAttribution {
  readonly baseline: number;
  /** For each column of the schema a number a row. */
  readonly contributions: readonly Float64Array[];
}

/**
 * Explains what a pipeline says by its raw columns: of two classes the probability of the second, of more that of the likeliest.
 *
 * Trees and logistic regressions are explained exactly, by SHAP values of the features that they see; what a product of columns
 * contributes is divided equally among its factors. Of other models, a column's contribution is by how much the log-odds
 * change when its value becomes unknown, which leaves out what columns do together.
 */
export function createExplainer(model: FittedPipeline<FittedClassifier>): Explainer {
  const attribute = shapAttribution(model) ?? unknownValueAttribution(model);
  const averages = averagesOf(model);
  return (x, probabilities = model.predictProba(x)) => {
    const { unit, classes } = attribute(x);
    const columns = model.features.map((name) => x.column(name));
    const faults: RowFault[] = [];
    const explanations = Array.from(toldClass(probabilities), (code, row) => {
      const { baseline, contributions } = classes.length === 1 ? classes[0] : classes[code];
      const total = contributions.reduce((sum, column) => sum + Math.abs(column[row]), 0);
      if (!Number.isFinite(baseline + total)) {
        const amiss = model.features.filter((_, j) => !Number.isFinite(contributions[j][row]));
        faults.push(inexplicable(x, amiss.length > 0 ? amiss : model.features, row));
      }
      const reasons = model.features.map((column, j) => {
        const contribution = contributions[j][row];
        const value = valueAt(columns[j], row);
        const text = reasonText(column, value, { contribution, total, average: averages.get(column) });
        return { column, value, contribution, text };
      });
      reasons.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
      const label = String(model.classes[code]);
      return { label, probability: probabilities[code][row], unit, baseline, reasons };
    });
    if (faults.length > 0) throw rowFaultError(faults);
    return explanations;
  };
}

/** @param among the columns that may be at fault. */
function inexplicable(x: Table, among: readonly string[], row: number): RowFault {
  const { column, shown } = extremeColumn(x, among, row);
  return { row, column, detail: `expected values whose effect can be told, got ${shown}` };
}

function valueAt(column: Column, row: number): Cell {
  const value = cellAt(column, row);
  return Number.isNaN(value) ? null : value;
}

/** By SHAP values; nothing where the model has none, or a feature cannot be traced back to raw columns. */
function shapAttribution(model: FittedPipeline<FittedClassifier>): ((x: Table) => Attribution) | undefined {
  const explained = shapOf(model);
  if (!explained) return undefined;
  const origins = originsOf(explained.features, model);
  if (!origins) return undefined;
  return (x) => {
    const classes = explained
      .values(model.transform(x))
      .map(({ contributions: ofFeatures, expectedValue }) => {
        const contributions = model.features.map(() => new Float64Array(x.nRows));
        origins.forEach((columns, feature) => {
          for (const j of columns) {
            for (let row = 0; row < x.nRows; row++) {
              contributions[j][row] += ofFeatures[feature][row] / columns.length;
            }
          }
        });
        return { baseline: expectedValue, contributions };
      });
    return { unit: explained.unit, classes };
  };
}

interface Shap {
  readonly unit: Explanation['unit'];
  readonly features: readonly string[];
  values(x: Table): ShapValues[];
}

function shapOf({ model, steps }: FittedPipeline<FittedClassifier>): Shap | undefined {
  const classifier = model instanceof FittedThresholdClassifier ? model.classifier : model;
  if (classifier instanceof FittedForest) {
    const features = classifier.forest.binning.features.map(({ name }) => name);
    return { unit: 'probability', features, values: (x) => treeShap(classifier, x) };
  }
  if (classifier instanceof FittedGradientBoosting) {
    const features = classifier.boosted.binning.features.map(({ name }) => name);
    return { unit: 'log-odds', features, values: (x) => treeShap(classifier, x) };
  }
  // Standardised columns have a mean of 0 in the training rows, which is what SHAP values compare with.
  if (classifier instanceof FittedLogisticRegression && steps.at(-1) instanceof FittedStandardScaler) {
    const { features } = classifier;
    const means = Object.fromEntries(features.map((name) => [name, 0]));
    return { unit: 'log-odds', features, values: (x) => linearShap(classifier, x, means) };
  }
  return undefined;
}

/** For each feature the places of the raw columns that it is made of; nothing where one is not known. */
function originsOf(
  features: readonly string[],
  { steps, features: columns }: FittedPipeline<FittedClassifier>,
): number[][] | undefined {
  const origins = rawColumns(steps, columns);
  const places = new Map(columns.map((name, j) => [name, j]));
  const known = features.map((name) => (origins.get(name) ?? []).map((raw) => places.get(raw) as number));
  return known.every((each) => each.length > 0) ? known : undefined;
}

/** By what happens to the log-odds when the value of a column becomes unknown. */
function unknownValueAttribution(model: FittedPipeline<FittedClassifier>): (x: Table) => Attribution {
  return (x) => {
    const scores = logOdds(model, x);
    const unknown = Table.fromColumns(
      model.features.map((name) => [name, missingLike(x.column(name))]),
      x.nRows,
    );
    const without = model.features.map((name) => logOdds(model, x.with({ [name]: unknown.column(name) })));
    const ofUnknown = logOdds(model, unknown);
    const classes = scores.map((score, k) => ({
      baseline: x.nRows > 0 ? ofUnknown[k][0] : NaN,
      contributions: without.map((each) => score.map((value, row) => value - each[k][row])),
    }));
    return { unit: 'log-odds', classes };
  };
}

function missingLike(column: Column): Column {
  return column.kind === 'numeric'
    ? { kind: 'numeric', values: new Float64Array(column.values.length).fill(NaN) }
    : { kind: 'category', codes: new Int32Array(column.codes.length).fill(-1), levels: column.levels };
}

/** Of each class; of two, of the second alone. */
function logOdds(model: FittedPipeline<FittedClassifier>, x: Table): Float64Array[] {
  const probabilities = model.predictProba(x);
  return (probabilities.length === 2 ? probabilities.slice(1) : probabilities).map((column) =>
    column.map((p) => {
      const inside = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
      return log(inside / (1 - inside));
    }),
  );
}

/** The means of numeric columns in training, as far as they are known. */
function averagesOf({ summary }: FittedPipeline<FittedClassifier>): Map<string, number> {
  const averages = new Map<string, number>();
  for (const column of summary?.columns ?? []) {
    if (column.kind === 'numeric' && column.mean !== null) averages.set(column.name, column.mean);
  }
  return averages;
}
