import type { ClassLabel } from '@churn/core';
import type { ColumnProfile, NumericProfile } from './column-profile.js';
import type { ProfileWarning } from './profile-warning.js';
import type { TargetRelation } from './target-relation.js';
import type { ValueRelation } from './value-relation.js';

/** A symmetric matrix of correlations, with 1 on its diagonal; `null` if one is not defined. */
export type CorrelationMatrix = {
  readonly columns: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
};

/** The relations of the columns to a two-class target. */
export type ClassTargetProfile = {
  readonly kind: 'classes';
  readonly name: string | null;
  readonly positive: ClassLabel;
  readonly positives: number;
  readonly rate: number;
  readonly relations: readonly TargetRelation[];
};

/** The relations of the columns to a numeric target. */
export type ValueTargetProfile = {
  readonly kind: 'values';
  readonly name: string | null;
  /** The figures of the target itself. */
  readonly values: NumericProfile;
  /** The scale on which it is best drawn, as `suitedScale` finds it. */
  readonly scale: 'linear' | 'log';
  readonly relations: readonly ValueRelation[];
};

export type TargetProfile = ClassTargetProfile | ValueTargetProfile;

/** The profile of a table, as plain JSON. */
export type TableProfile<T extends TargetProfile = TargetProfile> = {
  /** The rows of the table. */
  readonly rows: number;
  /** The rows that the figures are of: all, or a random sample. */
  readonly profiledRows: number;
  readonly isSampled: boolean;
  readonly seed: number;
  /** How many columns were left out because there were more than `maxColumns`. */
  readonly omittedColumns: number;
  /** Rows that repeat an earlier one in all columns of the table, omitted ones included. */
  readonly duplicateRows: number;
  readonly columns: readonly ColumnProfile[];
  readonly correlations: {
    readonly pearson: CorrelationMatrix;
    readonly spearman: CorrelationMatrix;
    /** Corrected for bias. */
    readonly cramersV: CorrelationMatrix;
    /** A row of `values` a category column, a value a numeric one. */
    readonly correlationRatio: {
      readonly categories: readonly string[];
      readonly numbers: readonly string[];
      readonly values: readonly (readonly (number | null)[])[];
    };
    /** Profiled columns that are in none of them. */
    readonly omittedColumns: number;
  };
  readonly target: T | null;
  readonly warnings: readonly ProfileWarning[];
};
