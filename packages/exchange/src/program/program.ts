import type { ClassLabel } from '@churn/core';
import type { Condition, Expression } from './expression.js';

/** The index of a column in the `columns` of a program. */
export type ColumnId = number;

/** A column of a program. Numbers and texts may be missing. */
export interface ProgramColumn {
  /** The name of the column when it was created; not necessarily unique. */
  readonly name: string;
  readonly kind: 'number' | 'text';
}

/**
 * A fitted pipeline as a sequence of computed columns, from which SQL, ONNX and JavaScript are generated. Each column is either an input
 * or the output of one step, computed from earlier columns.
 *
 * Numbers are doubles; a missing number is NULL in SQL and NaN elsewhere. An operation on a missing number returns a missing number,
 * and a comparison with one is false.
 */
export interface Program {
  readonly columns: readonly ProgramColumn[];
  /** The raw input columns, with their raw names. `checks` reject infinite values. */
  readonly inputs: readonly ColumnId[];
  readonly steps: readonly ProgramStep[];
  /** Conditions for rows that the pipeline rejects. All outputs of such rows are missing. */
  readonly checks: readonly ProgramCheck[];
  readonly output: ProgramOutput;
}

/** Rows for which `when` is true have no prediction. */
export interface ProgramCheck {
  readonly when: Condition;
  /** The expected value, for error messages. */
  readonly expected: string;
  /** The raw columns that the condition depends on. */
  readonly of?: readonly ColumnId[];
}

/** The result of a program. */
export type ProgramOutput =
  | {
      readonly kind: 'classes';
      readonly classes: readonly ClassLabel[];
      /** The probability of each class. */
      readonly probabilities: readonly ColumnId[];
      /** Predict the second of two classes if its probability is at least this; without it, predict the most probable class, or the first in a tie. */
      readonly threshold?: number | undefined;
      /** A threshold for each row instead. */
      readonly thresholds?: ColumnId | undefined;
    }
  | { readonly kind: 'amount'; readonly amount: ColumnId }
  /** The output of a pipeline without a model, or of a model with several numbers per row. */
  | {
      readonly kind: 'columns';
      readonly columns: readonly ColumnId[];
      /** Names of the outputs, if they differ from the column names. */
      readonly names?: readonly string[];
      /** Whether they are predictions of a model. */
      readonly arePredictions?: boolean;
    };

/** A step computes columns that do not depend on each other. */
export type ProgramStep = ComputeStep | TreesStep | KernelStep | NeighborsStep | CouplingStep;

interface StepParts {
  /** The class that it was lowered from, such as `StandardScaler`. */
  readonly of: string;
}

/** Computes columns by expressions of earlier columns. */
export interface ComputeStep extends StepParts {
  readonly kind: 'compute';
  readonly columns: readonly { readonly id: ColumnId; readonly value: Expression }[];
}

/** Sums over trees: output k is the sum of value k of the row's leaf in each tree, in order. */
export interface TreesStep extends StepParts {
  readonly kind: 'trees';
  readonly trees: readonly ProgramTree[];
  /**
   * Present if the model adds in single precision, for writers that support it; others differ by rounding errors. Without a divisor (1),
   * the sums start from `base`; otherwise they are divided by `divisor` before `base` is added. Each operation is rounded to single
   * precision. The outputs are the results minus `base`, times `divisor`.
   */
  readonly single?: { readonly base: readonly number[]; readonly divisor: number };
  readonly outputs: readonly ColumnId[];
}

/** The nodes of a tree, the root first. */
export type ProgramTree = readonly ProgramNode[];

/** A node; `left`, `right`, `inside` and `outside` are indices of later nodes. */
export type ProgramNode =
  /** Numbers up to the threshold go left, larger ones go right, and missing ones as in `missing`. */
  | {
      readonly kind: 'number';
      readonly column: ColumnId;
      readonly threshold: number;
      readonly left: number;
      readonly right: number;
      readonly missing: 'left' | 'right';
    }
  /** The listed levels go to `inside`; other levels and missing values to `outside`. */
  | {
      readonly kind: 'text';
      readonly column: ColumnId;
      readonly levels: readonly string[];
      readonly inside: number;
      readonly outside: number;
    }
  /** A leaf has one value per output. */
  | { readonly kind: 'leaf'; readonly values: readonly number[] };

/** Output k is the sum over vectors v of `weights[k][v] * kernel(row, vectors[v])`. */
export interface KernelStep extends StepParts {
  readonly kind: 'kernel';
  readonly features: readonly ColumnId[];
  readonly kernel: ProgramKernel;
  readonly vectors: readonly Float64Array[];
  readonly weights: readonly Float64Array[];
  /**
   * How |x - v|² is computed: from the differences (default), or as max(0, |x|² + |v|² - 2 x·v), which is missing if x·v overflows.
   */
  readonly distances?: 'differences' | 'products';
  readonly outputs: readonly ColumnId[];
}

/** Kernels of two rows x and v, as scikit-learn defines them. */
export type ProgramKernel =
  | { readonly name: 'linear' }
  | { readonly name: 'rbf'; readonly gamma: number }
  | { readonly name: 'poly'; readonly gamma: number; readonly coef0: number; readonly degree: number }
  | { readonly name: 'sigmoid'; readonly gamma: number; readonly coef0: number };

/** The weighted class fractions among the nearest training rows. */
export interface NeighborsStep extends StepParts {
  readonly kind: 'neighbors';
  readonly features: readonly ColumnId[];
  readonly rows: readonly Float64Array[];
  /** The index of the class of each row. */
  readonly codes: Int32Array;
  readonly nNeighbors: number;
  readonly weights: 'uniform' | 'distance';
  /** The power of the Minkowski distance; default 2 (Euclidean). */
  readonly p?: number;
  /** Missing if fewer than `nNeighbors` rows have a finite distance. */
  readonly outputs: readonly ColumnId[];
}

/**
 * The class probabilities that best fit the pairwise probabilities, by the second method of Wu, Lin and Weng ("Probability estimates for
 * multi-class classification by pairwise coupling", 2004), as libsvm iterates it.
 */
export interface CouplingStep extends StepParts {
  readonly kind: 'coupling';
  /** For each pair of classes, (0, 1), (0, 2), …, (1, 2), …, the probability of the second of the two, strictly between 0 and 1. */
  readonly pairs: readonly ColumnId[];
  /** One per class. */
  readonly outputs: readonly ColumnId[];
}
