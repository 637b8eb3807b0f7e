import { Amounts, type LabelsLike, type Table } from '@churn/core';
import { type AmountRelation, categoryAmountRelation, numericAmountRelation } from './amount-relation.js';
import { numericProfile } from './column-profile.js';
import type { DistinctValues } from './distinct-values.js';
import { findLeaks, type Leak } from './find-leaks.js';
import { finiteValues } from './finite-values.js';
import { type NamedAmounts, profiledAmounts, readAmounts } from './profile-amounts.js';
import { type NamedTarget, type ProfileTarget, profileTarget } from './profile-target.js';
import { suitedScaleOf } from './suited-scale.js';
import type { TargetProfile } from './table-profile.js';
import { categoryRelation, numericRelation, type TargetRelation } from './target-relation.js';

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
 * Reads the target of `x`: labels of two classes, or amounts.
 *
 * @throws `invalid-target` unless there are rows of two classes, or amounts that differ; `invalid-data` where there is not one value a
 *   row; `invalid-parameter` where the positive class is none of the classes.
 */
export function readTarget(x: Table, target: LabelsLike | NamedTarget | Amounts | NamedAmounts): ReadTarget {
  if (isAmountTarget(target)) {
    const name = 'name' in target ? target.name : null;
    const values = readAmounts(x, 'name' in target ? target.values : target);
    return {
      name,
      related: (rows) => relatedAmounts(name, rows ? Float64Array.from(rows, (row) => values[row]) : values),
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

/** Whether a target is one of amounts: `Amounts`, or a named one without a positive class. */
export function isAmountTarget(
  target: LabelsLike | NamedTarget | Amounts | NamedAmounts,
): target is Amounts | NamedAmounts {
  if ('name' in target) return !('positive' in target);
  return 'kind' in target && target.kind === 'amounts';
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
function relatedAmounts(name: string | null, values: Float64Array): RelatedTarget {
  const relations: AmountRelation[] = [];
  const target = profiledAmounts(values);
  return {
    addNumeric: (column, distinct) => relations.push(numericAmountRelation(column, distinct, target)),
    addCategory: (column, levels, counts, maxLevels) =>
      relations.push(categoryAmountRelation(column, levels, counts, target, maxLevels)),
    profile: (maxBins) => ({
      kind: 'amounts',
      name,
      amounts: numericProfile(name ?? '', target.distinct, maxBins),
      scale: suitedScaleOf(finiteValues(target.distinct)),
      relations,
    }),
    leaks: (x, seed) => findLeaks(x, Amounts.from(values), { target: name ?? undefined, seed }),
  };
}
