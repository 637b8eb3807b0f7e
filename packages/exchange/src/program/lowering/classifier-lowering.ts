import type { FittedClassifier } from '@churn/core';
import type { ColumnId } from '../program.js';
import type { Frame } from './frame.js';
import type { ProgramBuilder } from './program-builder.js';

/** The arguments of a lowering. */
interface ClassifierContext<F extends FittedClassifier = FittedClassifier> {
  readonly fitted: F;
  /** The input table. */
  readonly frame: Frame;
  readonly builder: ProgramBuilder;
  /** Lowers an inner classifier. */
  readonly lower: (part: FittedClassifier, frame: Frame) => LoweredClassifier;
}

/** The score of a class; `undefined` stands for minus infinity, for a class without training rows. */
export type Score = ColumnId | undefined;

/** The columns of a program that hold the results of a classifier. */
export interface LoweredClassifier {
  /** One per class. If called, rows without probabilities are rejected. */
  readonly probabilities: () => readonly ColumnId[];
  /** The result of its `decisionFunction`, if it has one: one score, the log-odds of the second of two classes; otherwise one per class. */
  readonly scores?: () => readonly Score[];
  /** The decision threshold for two classes, if it has one. */
  readonly threshold?: number | undefined;
  /** The column of thresholds, if they differ between rows. */
  readonly thresholds?: ColumnId | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: each lowering knows the class that it is listed for.
export type ClassifierLowering = (context: ClassifierContext<any>) => LoweredClassifier;
