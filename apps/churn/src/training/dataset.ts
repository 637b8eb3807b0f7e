import type { CategoryColumn, Labels, Table, Target } from '@churn/core';
import type { Leak } from '@churn/eda';
import type { DatasetSchema, FileRecords } from '@churn/io';
import type { CampaignEconomics } from '@churn/selection';
import type { ReadColumn } from './learned-columns.js';
import type { TreatmentArms } from './treatment-arms.js';

/** Rows with their target. */
export interface TargetRows<T extends Target = Labels> {
  /** The rows as the file has them, those left out not among them. */
  readonly records: FileRecords;
  /** The columns to train on. */
  readonly features: Table;
  /** All columns of the file, of the same rows. */
  readonly all: Table;
  /** The target; of two classes, the second is the positive one. */
  readonly y: T;
}

/** All rows of an experiment, the treated ones and the control. */
export interface ExperimentRows extends TargetRows, TreatmentArms {}

/** The rows of an experiment that are learned from, and those that take no part in any choice. */
export interface ExperimentSplit {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Rows with their target, ready to be split and learned from; of an experiment, those of the control. */
export interface Dataset<T extends Target = Labels> extends TargetRows<T> {
  /** How the columns to train on are written, and what is declared of them. */
  readonly schema: DatasetSchema;
  /** All columns of the file, as they were read. */
  readonly columns: readonly ReadColumn[];
  /** How many rows were left out as duplicates. */
  readonly duplicates: number;
  /** How many of the rows equal an earlier one in every column. */
  readonly equalRows: number;
  /** How many rows were left out for want of a label. */
  readonly unlabelled: number;
  /** Columns that may be known only after the event. */
  readonly leaks: readonly Leak[];
  /** What a user should look at, leaks among them. */
  readonly warnings: readonly string[];
  /** Of what is learned from, in whatever format it was read. */
  readonly contentSha256: string;
  /** What is known of all rows of the file, if these are some of them. */
  readonly whole?: WholeFile;
  /** What a treatment did, where the file tells who was treated. */
  readonly experiment?: ExperimentRows;
}

/** Rows with their target, and the lines of the file that they come from. */
export interface LabelledRows<T extends Target = Labels> {
  readonly x: Table;
  readonly y: T;
  readonly source: string;
  readonly lines: ArrayLike<number>;
  /** What contacting each customer costs and brings, where the threshold is chosen by that. */
  readonly economics?: CampaignEconomics;
  /** The column whose groups have thresholds of their own, if they are to. */
  readonly thresholdGroups?: CategoryColumn;
}

export interface Split<T extends Target = Labels> {
  /** What is learned from, and chosen by. */
  readonly train: LabelledRows<T>;
  /** What takes no part in any choice. */
  readonly test: LabelledRows<T>;
  /** The numbers of the test rows in the data. */
  readonly testRows: Int32Array;
  /** The columns by which the report groups test rows. */
  readonly testGroups: Table;
  /** Records of some test rows. */
  readonly sample: Dataset['records'];
  /** Of an experiment, the rows of both arms. */
  readonly experiment?: ExperimentSplit;
}

/** The rows of a file that is not in memory as a whole. */
export interface WholeFile {
  /** How many have a label. */
  readonly rows: number;
  readonly unlabelled: number;
  readonly classes: readonly { readonly label: string; readonly rows: number }[];
}
