import { isString, type JsonObject } from '@churn/core';
import { DEFAULT_MISSING_VALUES } from '@churn/io';
import type { Config } from './config.js';
import type { TestMetrics } from './evaluation.js';
import type { Candidate } from './model-config.js';

const DEFAULT_DELIMITER = ',';

/** What a training run knows of its data. */
export interface DataRecord {
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly classes: readonly string[];
}

/** What training chose of a model, and how well it does. */
export interface TrainedParameters {
  readonly parameters: Candidate;
  /** The probability from which on a row is called positive; without one, the likelier class is called. */
  readonly threshold: number | undefined;
  readonly test: TestMetrics;
}

/** How a model came to be, as its file keeps it. No path and no time: the same training gives the same bytes. */
export function trainingRecord(
  config: Config,
  data: DataRecord,
  { parameters, threshold, test }: TrainedParameters,
): JsonObject {
  const { target, positive, delimiter, missingValues = DEFAULT_MISSING_VALUES } = config.data;
  return {
    data: { file: data.file, sha256: data.sha256, rows: data.rows },
    target: { column: target, classes: data.classes, ...(positive !== undefined && { positive }) },
    predicts: config.predicts,
    missingValues,
    ...(delimiter !== DEFAULT_DELIMITER && { delimiter }),
    seed: config.seed,
    split: config.split,
    processing: config.processing,
    parameters,
    ...(threshold !== undefined && { threshold }),
    test,
  };
}

/** The texts that stood for missing values in training, so that scoring reads a file in the same way. */
export function missingValuesOf({ missingValues }: JsonObject): readonly string[] {
  return Array.isArray(missingValues) && missingValues.every(isString)
    ? missingValues
    : DEFAULT_MISSING_VALUES;
}

/** What stood between the fields of the training file, so that scoring reads and writes CSV in the same way. */
export function delimiterOf({ delimiter }: JsonObject): string {
  return isString(delimiter) ? delimiter : DEFAULT_DELIMITER;
}

/** What a model predicts, as the columns that it adds begin with. */
export function predictsOf({ predicts }: JsonObject): string {
  return isString(predicts) ? predicts : 'churn';
}
