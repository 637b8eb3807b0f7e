import type { FittedClassifier } from '@churn/core';
import type { ColumnId } from '../program.js';
import type { Frame } from './frame.js';
import type { ProgramBuilder } from './program-builder.js';

/** What a lowering is told. */
interface ClassifierContext<F extends FittedClassifier = FittedClassifier> {
  readonly fitted: F;
  /** The table that comes in. */
  readonly frame: Frame;
  readonly builder: ProgramBuilder;
  /** Lowers a classifier within. */
  readonly lower: (part: FittedClassifier, frame: Frame) => LoweredClassifier;
}

/** A score of a class; minus infinity of one that had no rows to train on. */
export type Score = ColumnId | undefined;

/** Where a program has what a classifier says of a row. */
export interface LoweredClassifier {
  /** One per class. Rows that have none are refused if they are asked for. */
  readonly probabilities: () => readonly ColumnId[];
  /** What its `decisionFunction` gives, if it has one: of two classes one score, the log-odds of the second; else one per class. */
  readonly scores?: () => readonly Score[];
  /** From which probability on it calls the second of two classes, if it has one. */
  readonly threshold?: number | undefined;
  /** Where the program has that of each row, if it differs. */
  readonly thresholds?: ColumnId | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: each lowering knows the class that it is listed for.
export type ClassifierLowering = (context: ClassifierContext<any>) => LoweredClassifier;
