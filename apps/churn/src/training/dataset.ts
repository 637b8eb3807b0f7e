import type { CategoryColumn, Labels, Table, Target } from '@churn/core';
import type { Leak } from '@churn/eda';
import type { DatasetSchema, FileRecords } from '@churn/io';
import type { CampaignEconomics } from '@churn/selection';
import type { ReadColumn } from './learned-columns.js';
import type { TreatmentArms } from './treatment-arms.js';

/** Rows with their target. */
export interface TargetRows<T extends Target = Labels> {
  /** The original rows of the file, without dropped ones. */
  readonly records: FileRecords;
  /** The features. */
  readonly features: Table;
  /** All columns of the file, for the same rows. */
  readonly all: Table;
  /** The target; for two classes, the second is positive. */
  readonly y: T;
}

/** All rows of an experiment, treated and control. */
export interface ExperimentRows extends TargetRows, TreatmentArms {}

/** The training and test rows of an experiment. */
export interface ExperimentSplit {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Rows with their target, ready for splitting and training; for an experiment, the control rows. */
export interface Dataset<T extends Target = Labels> extends TargetRows<T> {
  /** The formats and declared rules of the features. */
  readonly schema: DatasetSchema;
  /** How each column of the file was read. */
  readonly columns: readonly ReadColumn[];
  /** The number of rows dropped as duplicates. */
  readonly duplicates: number;
  /** The number of rows equal to an earlier one in every column. */
  readonly equalRows: number;
  /** The number of rows dropped without a label. */
  readonly unlabelled: number;
  /** Columns that may be leaks. */
  readonly leaks: readonly Leak[];
  /** Warnings for the user, including leaks. */
  readonly warnings: readonly string[];
  /** The hash of the training data, independent of the file format. */
  readonly contentSha256: string;
  /** The counts of the whole file, if this is a sample. */
  readonly whole?: WholeFile;
  /** The experiment, if there is a treatment column. */
  readonly experiment?: ExperimentRows;
}

/** Rows with their target and their lines in the file. */
export interface LabelledRows<T extends Target = Labels> {
  readonly x: Table;
  readonly y: T;
  readonly source: string;
  readonly lines: ArrayLike<number>;
  /** The economics of each customer, if the threshold is chosen by profit. */
  readonly economics?: CampaignEconomics;
  /** The column for thresholds by group, if any. */
  readonly thresholdGroups?: CategoryColumn;
}

export interface Split<T extends Target = Labels> {
  /** The training rows. */
  readonly train: LabelledRows<T>;
  /** The test rows, which affect no choice. */
  readonly test: LabelledRows<T>;
  /** The indices of the test rows in the data. */
  readonly testRows: Int32Array;
  /** The columns that the report groups test rows by. */
  readonly testGroups: Table;
  /** The records of a sample of test rows. */
  readonly sample: Dataset['records'];
  /** For an experiment, the rows of both arms. */
  readonly experiment?: ExperimentSplit;
}

/** The counts of a file that is not in memory as a whole. */
export interface WholeFile {
  /** The number of rows with a label. */
  readonly rows: number;
  readonly unlabelled: number;
  readonly classes: readonly { readonly label: string; readonly rows: number }[];
}
