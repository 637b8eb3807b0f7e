import { type LabelsLike, type Table, TargetValues } from '@churn/core';
import { numericProfile } from './column-profile.js';
import type { DistinctValues } from './distinct-values.js';
import { findLeaks, type Leak } from './find-leaks.js';
import { finiteValues } from './finite-values.js';
import { type NamedTarget, type ProfileTarget, profileTarget } from './profile-target.js';
import { type NamedTargetValues, profiledValues, readTargetValues } from './profile-values.js';
import { suitedScaleOf } from './suited-scale.js';
import type { TargetProfile } from './table-profile.js';
import { categoryRelation, numericRelation, type TargetRelation } from './target-relation.js';
import { categoryValueRelation, numericValueRelation, type ValueRelation } from './value-relation.js';

/** What a table's columns tell of a target, gathered column by column. */
interface RelatedTarget {
  addNumeric(name: string, column: DistinctValues): void;
  addCategory(
    name: string,
    column: { readonly codes: Int32Array; readonly levels: readonly string[] },
    counts: Int32Array,
    maxLevels: number,
  ): void;
  /** What was gathered. */
  profile(maxBins: number): TargetProfile;
  /** Columns that may be known only after the event. */
  leaks(x: Table, seed: number): readonly Leak[];
}

/** A target that was read and checked. */
export interface ReadTarget {
  readonly name: string | null;
  /** What columns tell of it: of all its rows, or of some. */
  related(rows?: Int32Array): RelatedTarget;
}

/**
 * Reads the target of `x`: labels of two classes, or target values.
 *
 * @throws `invalid-target` unless there are rows of two classes, or values that differ; `invalid-data` if there is not one value a row;
 * `invalid-parameter` if the positive class is none of the classes.
 */
export function readTarget(
  x: Table,
  target: LabelsLike | NamedTarget | TargetValues | NamedTargetValues,
): ReadTarget {
  if (isValueTarget(target)) {
    const name = 'name' in target ? target.name : null;
    const values = readTargetValues(x, 'name' in target ? target.values : target);
    return {
      name,
      related: (rows) => relatedValues(name, rows ? Float64Array.from(rows, (row) => values[row]) : values),
    };
  }
  const classes = profileTarget(x, target);
  const { name, isPositive } = classes;
  return {
    name,
    related: (rows) =>
      relatedClasses(
        rows ? { ...classes, isPositive: Uint8Array.from(rows, (row) => isPositive[row]) } : classes,
      ),
  };
}

/** Whether a target is numeric: `TargetValues`, or a named one without a positive class. */
export function isValueTarget(
  target: LabelsLike | NamedTarget | TargetValues | NamedTargetValues,
): target is TargetValues | NamedTargetValues {
  if ('name' in target) return !('positive' in target);
  return 'kind' in target && target.kind === 'values';
}

/** Positive rates and how well each column ranks the classes. */
function relatedClasses({ name, positive, isPositive }: ProfileTarget): RelatedTarget {
  const relations: TargetRelation[] = [];
  return {
    addNumeric: (column, distinct) => relations.push(numericRelation(column, distinct, isPositive)),
    addCategory: (column, levels, counts, maxLevels) =>
      relations.push(categoryRelation(column, levels, counts, isPositive, maxLevels)),
    profile() {
      const positives = isPositive.reduce((sum, each) => sum + each, 0);
      return { kind: 'classes', name, positive, positives, rate: positives / isPositive.length, relations };
    },
    leaks: (x, seed) => findLeaks(x, isPositive as LabelsLike, { target: name ?? undefined, seed }),
  };
}

/** Correlations, means and how much of the variance each column explains. */
function relatedValues(name: string | null, values: Float64Array): RelatedTarget {
  const relations: ValueRelation[] = [];
  const target = profiledValues(values);
  return {
    addNumeric: (column, distinct) => relations.push(numericValueRelation(column, distinct, target)),
    addCategory: (column, levels, counts, maxLevels) =>
      relations.push(categoryValueRelation(column, levels, counts, target, maxLevels)),
    profile: (maxBins) => ({
      kind: 'values',
      name,
      values: numericProfile(name ?? '', target.distinct, maxBins),
      scale: suitedScaleOf(finiteValues(target.distinct)),
      relations,
    }),
    leaks: (x, seed) => findLeaks(x, TargetValues.from(values), { target: name ?? undefined, seed }),
  };
}
