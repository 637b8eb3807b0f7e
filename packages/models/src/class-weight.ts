import {
  ChurnError,
  type DefaultParameter,
  eitherOf,
  type FitOptions,
  type Labels,
  numberParameter,
  oneOf,
  orNull,
  recordOf,
  sampleWeights,
  withDefault,
} from '@churn/core';
import { inUnit, weightUnit } from './weight-unit.js';

/**
 * The weight of the rows of each class: `'balanced'` gives all classes the same total weight, an object gives the weight of each class by
 * its label. Classes missing from the object have weight 1.
 */
export type ClassWeight = 'balanced' | Readonly<Record<string, number>>;

/** The weights of classes, or `null` (default) for 1 each. */
export function classWeightParameter(): DefaultParameter<ClassWeight | null> {
  const named = recordOf(numberParameter({ above: 0 }));
  return withDefault(orNull(eitherOf(oneOf(['balanced']), named)), null);
}

/**
 * The weight of each row: its sample weight times that of its class; `undefined` if all weigh 1.
 *
 * `'balanced'` is `n / (k n_c)`, with n the weight of all rows, k the number of classes that have rows, and n_c the weight of the rows of
 * class c, as in scikit-learn's `compute_class_weight`.
 *
 * @throws `invalid-parameter` if `classWeight` names an unknown class; `invalid-data` for sample weights that are not one per row, from
 * 0, or too large together with those of the classes.
 */
export function rowWeights(
  labels: Labels,
  classWeight: ClassWeight | null,
  options: FitOptions = {},
): Float64Array | undefined {
  const weights = sampleWeights(options, labels.length);
  if (classWeight === null) return weights;
  const { codes } = labels;
  const rows = weights ?? new Float64Array(codes.length).fill(1);
  const ofClass = classWeight === 'balanced' ? balanced(labels, rows) : named(labels, classWeight);
  const product = rows.map((weight, row) => weight * ofClass[codes[row]]);
  const row = product.indexOf(Infinity);
  if (row < 0) return product;
  throw new ChurnError(
    'invalid-data',
    `row ${row}: expected its sample weight times the weight of its class to be finite, got Infinity`,
  );
}

function balanced({ classes, codes }: Labels, rows: Float64Array): Float64Array {
  const totals = new Float64Array(classes.length);
  // Balanced weights do not depend on the unit, but without it totals may overflow.
  const weights = inUnit(rows, weightUnit(rows));
  codes.forEach((code, row) => {
    totals[code] += weights[row];
  });
  const nPresent = totals.filter((total) => total > 0).length;
  const all = totals.reduce((sum, total) => sum + total, 0);
  return totals.map((total) => (total > 0 ? all / (nPresent * total) : 1));
}

function named({ classes }: Labels, classWeight: Readonly<Record<string, number>>): Float64Array {
  const labels = classes.map(String);
  const stranger = Object.keys(classWeight).find((name) => !labels.includes(name));
  if (stranger !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `classWeight: expected weights of the classes ${labels.join(', ')}, got one of "${stranger}"`,
    );
  }
  return Float64Array.from(labels, (label) => (Object.hasOwn(classWeight, label) ? classWeight[label] : 1));
}
