import type { Table } from '@churn/core';
import { finiteColumn } from '../trees/binning.js';
import { type EnsembleFeature, LARGEST_ZERO, missingCode, unseenCode } from './ensemble-node.js';

/**
 * The column of each feature as trees receive it: numbers, `NaN` for a missing one; or the codes of a category.
 * @throws `column-name` or `column-kind` if a feature is missing or of another kind; `invalid-data` for an infinite value, naming column
 * and row.
 */
export function ensembleColumns(features: readonly EnsembleFeature[], x: Table): Float64Array[] {
  return features.map((feature) => (feature.levels ? levelCodes(feature, x) : numbersOf(feature, x)));
}

function numbersOf({ name, zeroIsMissing }: EnsembleFeature, x: Table): Float64Array {
  const values = finiteColumn(x, name);
  return zeroIsMissing ? values.map((value) => (Math.abs(value) <= LARGEST_ZERO ? NaN : value)) : values;
}

function levelCodes(feature: EnsembleFeature, x: Table): Float64Array {
  const { codes, levels } = x.category(feature.name);
  const codeOf = new Map(feature.levels?.map((level, code) => [level, code]));
  const known = levels.map((level) => codeOf.get(level) ?? unseenCode(feature));
  const missing = missingCode(feature);
  return Float64Array.from(codes, (code) => (code < 0 ? missing : known[code]));
}
