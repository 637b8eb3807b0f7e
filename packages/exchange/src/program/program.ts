import type { ClassLabel } from '@churn/core';
import type { Condition, Expression } from './expression.js';

/** The place of a column among the `columns` of a program. */
export type ColumnId = number;

/** A column of a program. Numbers and texts may be missing. */
export interface ProgramColumn {
  /** What it was called if it was made; names may is repeated, IDs do not. */
  readonly name: string;
  readonly kind: 'number' | 'text';
}

/**
 * A fitted pipeline as columns made of columns, from which SQL, ONNX and JavaScript are written: each column is made once, by an input
 * or by one step, from columns made before.
 *
 * Numbers are doubles; a missing one is NULL in SQL and NaN elsewhere. Every operation on a missing number gives a missing one, and
 * every comparison with one is false.
 */
export interface Program {
  readonly columns: readonly ProgramColumn[];
  /** The raw columns that are read, by their raw names. An infinite number in one of them is a matter of `checks`. */
  readonly inputs: readonly ColumnId[];
  readonly steps: readonly ProgramStep[];
  /** Which rows the pipeline refuses. What is predicted of them is missing, in all outputs. */
  readonly checks: readonly ProgramCheck[];
  readonly output: ProgramOutput;
}

/** Rows for which `when` holds have no prediction. */
export interface ProgramCheck {
  readonly when: Condition;
  /** What was expected, for whoever may throw it. */
  readonly expected: string;
  /** The raw columns that decide it. */
  readonly of?: readonly ColumnId[];
}

/** What a program ends in. */
export type ProgramOutput =
  | {
      readonly kind: 'classes';
      readonly classes: readonly ClassLabel[];
      /** The probability of each class. */
      readonly probabilities: readonly ColumnId[];
      /** From which probability on a row is called the second of two classes; without it the likeliest is called, the first of equals. */
      readonly threshold?: number | undefined;
      /** The same of each row, if it differs. */
      readonly thresholds?: ColumnId | undefined;
    }
  | { readonly kind: 'amount'; readonly amount: ColumnId }
  /** A pipeline without a model, or a model of several numbers. */
  | {
      readonly kind: 'columns';
      readonly columns: readonly ColumnId[];
      /** What they are called there, if it is not what they were called when they were made. */
      readonly names?: readonly string[];
      /** Whether a model predicts them, and no step makes them. */
      readonly arePredictions?: boolean;
    };

/** A step makes columns that do not depend on each other. */
export type ProgramStep = ComputeStep | TreesStep | KernelStep | NeighborsStep | CouplingStep;

interface StepParts {
  /** The class whose work it does, such as `StandardScaler`. */
  readonly of: string;
}

/** Columns by expressions of columns made before. */
export interface ComputeStep extends StepParts {
  readonly kind: 'compute';
  readonly columns: readonly { readonly id: ColumnId; readonly value: Expression }[];
}

/** Sums over trees: output k is the sum, in the order of the trees, of value k of the leaf that a row falls into. */
export interface TreesStep extends StepParts {
  readonly kind: 'trees';
  readonly trees: readonly ProgramTree[];
  /**
   * Present if the model adds up in 32 bits, for writers that can do the same; in others the outputs differ by such roundings. Sums then
   * begin at `base`, or, of a mean over `divisor` trees (1 if it is none), have it added behind their division, each step rounded to 32
   * bits; the outputs are what follows less `base`, times `divisor`.
   */
  readonly single?: { readonly base: readonly number[]; readonly divisor: number };
  readonly outputs: readonly ColumnId[];
}

/** The nodes of a tree, the root first. */
export type ProgramTree = readonly ProgramNode[];

/** A node; `left`, `right`, `inside` and `outside` are places of later nodes. */
export type ProgramNode =
  /** Numbers up to the threshold go left, larger ones right, and missing ones as it says. */
  | {
      readonly kind: 'number';
      readonly column: ColumnId;
      readonly threshold: number;
      readonly left: number;
      readonly right: number;
      readonly missing: 'left' | 'right';
    }
  /** The levels listed go to `inside`; all others, and missing ones, to `outside`. */
  | {
      readonly kind: 'text';
      readonly column: ColumnId;
      readonly levels: readonly string[];
      readonly inside: number;
      readonly outside: number;
    }
  /** A leaf has a value an output. */
  | { readonly kind: 'leaf'; readonly values: readonly number[] };

/** Output k is the sum over vectors v of `weights[k][v] * kernel(row, vectors[v])`. */
export interface KernelStep extends StepParts {
  readonly kind: 'kernel';
  readonly features: readonly ColumnId[];
  readonly kernel: ProgramKernel;
  readonly vectors: readonly Float64Array[];
  readonly weights: readonly Float64Array[];
  /**
   * How |x - v|² is added up: by differences (default), or as |x|² + |v|² - 2 x·v, at least 0, which is missing where x·v is beyond the
   * range of doubles.
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

/** The weighted shares of the classes among the nearest of the rows that a model keeps. */
export interface NeighborsStep extends StepParts {
  readonly kind: 'neighbors';
  readonly features: readonly ColumnId[];
  readonly rows: readonly Float64Array[];
  /** The class of each row, as its place among the outputs. */
  readonly codes: Int32Array;
  readonly nNeighbors: number;
  readonly weights: 'uniform' | 'distance';
  /** The power of Minkowski's distance; default 2, Euclid's. */
  readonly p?: number;
  /** Missing where fewer rows than `nNeighbors` have a distance within the range of doubles. */
  readonly outputs: readonly ColumnId[];
}

/**
 * The probabilities of classes that fit best to those of their pairs, by the second method of Wu, Lin and Weng ("Probability estimates for
 * multi-class classification by pairwise coupling", 2004), as libsvm iterates it.
 */
export interface CouplingStep extends StepParts {
  readonly kind: 'coupling';
  /** For each pair of classes, (0, 1), (0, 2), …, (1, 2), …, the probability of the second of the two, strictly between 0 and 1. */
  readonly pairs: readonly ColumnId[];
  /** One per class. */
  readonly outputs: readonly ColumnId[];
}
