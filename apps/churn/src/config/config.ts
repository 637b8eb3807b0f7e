import { isAbsolute } from 'node:path';
import { ChurnError, didYouMean } from '@churn/core';
import { type DatasetSchema, parseDatasetColumn } from '@churn/io';
import type { ScorerName } from '@churn/selection';
import { DATE_PARTS } from '@churn/transforms';
import { z } from 'zod';
import { MISSING } from '../model/suited-processing.js';
import { byName, isObject } from './by-name.js';
import { columnName } from './column-name.js';
import { columnRulesSchema } from './column-rules.js';
import { DELIMITER } from './delimiter.js';
import { currency } from './economics.js';
import { encoding } from './encoding.js';
import { explaining } from './explaining.js';
import { renameFormerKeys } from './former-keys.js';
import { groupFaults, groups } from './groups.js';
import { issueText, shown } from './issue-text.js';
import { modelGrid } from './model-config.js';
import { monitoring } from './monitoring.js';
import { PRESETS } from './preset.js';
import { registry, withGateGroups } from './registry.js';
import { scorer, usualScoring } from './scorer.js';
import { seconds } from './seconds.js';
import { target } from './target.js';
import { taskFaults } from './task-faults.js';
import { threshold, thresholdFaults, withThresholdGroups } from './threshold.js';
import { tracking } from './tracking.js';
import { treatment, treatmentFaults } from './treatment.js';
import { unsuitedModels } from './unsuited-models.js';
import { uplift, upliftFaults } from './uplift.js';
import { workers } from './workers.js';
import { jsonSchemaOf, writtenAs } from './written-as.js';

const name = z.string().min(1);

// Models and figures name files, and `predicts` is the prefix of columns.
export const FILE_NAME = /^[A-Za-z][\w-]*$/;
const fileName = z.string().regex(FILE_NAME, 'a name of letters, digits, _ and - that starts with a letter');

/** A file in the folder of a run. */
const runFile = name.refine(
  (path) => !isAbsolute(path) && !path.split(/[\\/]/).includes('..'),
  'expected a file name in the folder of the run',
);

/** The name of a supported encoding. */
const encodingName = name.refine((encoding) => {
  try {
    return new TextDecoder(encoding) !== undefined;
  } catch {
    return false;
  }
}, 'expected the name of an encoding, such as utf-8, windows-1252 or utf-16le');

/** The declared columns, checked by `@churn/io`. */
const columns = byName(name, writtenAs(z.record(z.string(), z.unknown()), columnRulesSchema)).transform(
  (rules, context) =>
    Object.entries(rules).flatMap(([column, fields]): DatasetSchema => {
      try {
        return [parseDatasetColumn({ name: columnName.parse(column), ...fields }, column)];
      } catch (error) {
        context.addIssue((error as Error).message);
        return [];
      }
    }),
);

/** Whether the engine supports a time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

const data = z
  .strictObject({
    file: name.optional(),
    /** A SQL query of DuckDB, instead of a file. */
    query: name.optional(),
    delimiter: z.string().regex(DELIMITER, 'a character such as "," or ";"').default(','),
    /** The encoding of CSV without a byte order mark; by default UTF-8. */
    encoding: encodingName.optional(),
    /** The sheet of an Excel workbook; by default the first. */
    sheet: name.optional(),
    /** The target: a column of classes, numbers as `{ value: column }`, or the time until an event. */
    target,
    // YAML reads 1 as a number and true as a boolean; in data files they are text.
    positive: z.union([name, z.number(), z.boolean()]).transform(String).optional(),
    /** The treatment of an experiment. */
    treatment: treatment.optional(),
    drop: z.array(columnName).default([]),
    missingValues: z.array(z.string()).optional(),
    // For columns that do not declare their own.
    numbers: z.strictObject({ decimal: z.enum(['.', ',']) }).optional(),
    timeZone: z
      .string()
      .refine(isTimeZone, {
        error: ({ input }) => `expected a time zone such as Europe/Berlin, got ${JSON.stringify(input)}`,
      })
      .optional(),
    invalidValues: z.enum(['missing', 'refuse']).default('missing'),
    unlabelled: z.enum(['refuse', 'drop']).default('refuse'),
    duplicates: z.enum(['keep', 'drop']).default('keep'),
    uniqueBy: z.array(columnName).min(1).optional(),
    columns: columns.optional(),
  })
  .refine(({ file, query }) => (file === undefined) !== (query === undefined), {
    path: ['file'],
    message: 'expected either a file or a query',
  })
  .transform(({ target, ...others }) => ({
    ...others,
    target: target.column,
    task: target.task,
    ...(target.durations && { durations: target.durations }),
  }));

/** The name of the data: its file, or "the query". */
export function dataName({ file }: Pick<z.infer<typeof data>, 'file'>): string {
  return file ?? 'the query';
}

/** The parts that dates are split into, and date columns that are not declared. */
const dates = z.strictObject({
  columns: z.array(columnName).default([]),
  parts: z.array(z.enum(DATE_PARTS)).min(1).prefault(['year', 'month', 'day', 'weekday']),
});

const processing = z
  .strictObject({
    dates: dates.optional(),
    mappings: byName(name, byName(z.string(), z.string())).default({}),
    // Null disables the transformation.
    skewThreshold: z.number().min(0).nullable().default(0.75),
    missing: z.enum(MISSING).optional(),
    encoding: encoding.prefault({}),
  })
  .prefault({});

const output = z
  .strictObject({
    folder: name.default('outputs'),
    sample: z
      .strictObject({ file: runFile.default('sample.csv'), rows: z.int().min(2).default(100) })
      .prefault({}),
    log: runFile.default('churn.log'),
    images: z.boolean().default(true),
    report: z.boolean().default(true),
  })
  .prefault({});

// The column of each figure, by file name.
const eda = z.strictObject({ figures: z.record(fileName, columnName).optional() }).prefault({});

const crossValidation = z
  .strictObject({
    folds: z.int().min(2).default(5),
    // The first one decides; the others are reported.
    scoring: z
      .union([scorer, z.array(scorer).min(1)])
      .transform((given) => (Array.isArray(given) ? given : [given]))
      .optional(),
    cache: name.optional(),
  })
  .prefault({});

const listedModels = z
  .record(fileName, modelGrid)
  .refine((models) => Object.keys(models).length > 0, 'give at least one model, or auto');

/** Models by name, or `auto`. */
const readModels = z
  .unknown()
  .default('auto')
  .transform((given, { issues }): 'auto' | z.infer<typeof listedModels> => {
    if (given === 'auto') return 'auto';
    if (!isObject(given)) {
      const message = `expected auto, or models by name, got ${shown(given)}${didYouMean(given, ['auto'])}`;
      issues.push({ code: 'custom', input: given, message });
      return 'auto';
    }
    const { data, error } = listedModels.safeParse(given, { error: issueText });
    if (error) issues.push(...(error.issues as typeof issues));
    return data ?? 'auto';
  });

const models = writtenAs(readModels, () => ({
  default: 'auto',
  anyOf: [{ const: 'auto' }, jsonSchemaOf(listedModels)],
}));

/** Scorers that require a positive class. */
const ONE_CLASS: readonly ScorerName[] = ['precision', 'recall', 'f1'];

const training = z
  .strictObject({
    /** Whether to train on rows as they are read, so that they need not fit into memory; `auto` does so if they would not. */
    streaming: z.union([z.literal('auto'), z.boolean()], 'expected auto, true or false').default('auto'),
    /** The size of the random sample on which everything else is then chosen. */
    sampleRows: z.int().min(100).default(200_000),
  })
  .prefault({});

/** The schema of a configuration file. */
export const configSchema = z
  .strictObject({
    seed: z.int().min(0).default(42),
    /** The prefix of the columns that scoring adds. */
    predicts: fileName.default('churn'),
    workers,
    data,
    split: z
      .strictObject({
        testSize: z.number().gt(0).lt(1).default(0.3),
        // Whether saved models are refitted on all rows.
        refit: z.boolean().default(true),
      })
      .prefault({}),
    training,
    processing,
    models,
    /** The effort of automatic model selection. */
    preset: z.enum(PRESETS).default('good'),
    /** The time limit of a training, in seconds. */
    time: seconds.optional(),
    crossValidation,
    threshold: threshold.optional(),
    /** The currency of all amounts, as its ISO 4217 code. */
    currency: currency.optional(),
    eda,
    /** The allowed changes of counterfactuals. */
    explain: explaining,
    /** The columns by whose groups the report shows metrics, whether they are features or not. */
    groups,
    uplift,
    output,
    registry,
    monitoring,
    tracking,
    logLevel: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  })
  .check(({ value, issues }) => {
    if (value.models === 'auto') return;
    for (const fault of unsuitedModels(value.processing, value.models)) {
      issues.push({ code: 'custom', input: value, ...fault });
    }
  })
  .check(({ value, issues }) => {
    // Invalid data has no task yet.
    if (value.data?.task === undefined) return;
    const faults = [
      ...taskFaults(value),
      ...groupFaults(value),
      ...thresholdFaults(value),
      ...treatmentFaults(value),
      ...upliftFaults(value),
    ];
    for (const fault of faults) issues.push({ code: 'custom', input: value, ...fault });
  })
  .check(({ value, issues }) => {
    if (value.data.task !== 'classes' || value.data.positive !== undefined) return;
    const refuse = (path: string[], message: string) =>
      issues.push({ code: 'custom', input: value, path, message: `${message}, which data.positive names` });
    if (value.threshold) refuse(['threshold'], 'expected a positive label');
    if (value.data.treatment) refuse(['data', 'treatment'], 'expected a positive label');
    const scorer = value.crossValidation.scoring?.find((each) => ONE_CLASS.includes(each));
    if (scorer) refuse(['crossValidation', 'scoring'], `${scorer} is about a positive label`);
    const metric = ONE_CLASS.find((each) => each === value.registry.gate?.metric);
    if (metric) refuse(['registry', 'gate', 'metric'], `${metric} is about a positive label`);
  })
  .transform((given, context) => {
    const { crossValidation, data } = given;
    const scoring = crossValidation.scoring ?? [usualScoring[data.task]];
    const groups = withThresholdGroups(given);
    const registry = withGateGroups(given.registry, groups);
    const known = withDates({ ...given, groups, registry, crossValidation: { ...crossValidation, scoring } });
    const { dates } = known.processing;
    if (dates?.columns.length === 0) {
      context.addIssue({
        code: 'custom',
        path: ['processing', 'dates'],
        message: 'expected a column of kind date in data.columns, got none',
      });
    }
    return known;
  });

/** The data and processing of a configuration. */
interface DataAndProcessing {
  readonly data: z.infer<typeof data>;
  readonly processing: z.infer<typeof processing>;
}

/** The configuration with the same date columns in data and processing, wherever they are declared. */
function withDates<C extends DataAndProcessing>(config: C): C {
  const { columns } = config.data;
  const declared = columns?.filter(({ kind }) => kind === 'date').map(({ name }) => name) ?? [];
  const all = withDateColumns(config, declared);
  const isDate = new Set(all.processing.dates?.columns);
  const known = columns?.map((column) =>
    column.kind === 'category' && isDate.has(column.name) ? { ...column, kind: 'date' as const } : column,
  );
  return { ...all, data: { ...config.data, columns: known } };
}

/** The configuration with additional date columns in its processing. */
function withDateColumns<C extends DataAndProcessing>(config: C, names: readonly string[]): C {
  const { dates: given = dates.parse({}) } = config.processing;
  const all = [...new Set([...names, ...given.columns])];
  if (all.length === 0) return config;
  return { ...config, processing: { ...config.processing, dates: { ...given, columns: all } } };
}

/** The configuration with the date columns among the found ones, if no columns are declared. */
export function withFoundDates(config: Config, found: DatasetSchema): Config {
  return withDateColumns(
    config,
    found.filter(({ kind }) => kind === 'date').map(({ name }) => name),
  );
}

/** A business case: data, target, processing, models and output. */
export type Config = z.infer<typeof configSchema>;
export type DataConfig = Config['data'];
export type ProcessingConfig = Config['processing'];

/**
 * Checks the content of a configuration file, and adds defaults.
 * @param file the name of the file, for messages.
 * @throws `invalid-parameter` with every error and its path.
 */
export function checkedConfig(given: unknown, file: string): Config {
  const result = configSchema.safeParse(renameFormerKeys(given), { error: issueText });
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'top level'}: ${issue.message}`,
  );
  throw new ChurnError('invalid-parameter', `${file}: ${problems.join('\n  and ')}`);
}

/** The maximum number of folds of a quick configuration. */
const QUICK_FOLDS = 3;

/**
 * The configuration of `--quick`: for listed models, the first value of each parameter; for `auto`, the preset `fast` with at most three
 * folds.
 */
export function quickConfig(config: Config): Config {
  const { models } = config;
  if (models === 'auto') {
    const { crossValidation } = config;
    const folds = Math.min(QUICK_FOLDS, crossValidation.folds);
    return { ...config, preset: 'fast', crossValidation: { ...crossValidation, folds } };
  }
  const first = (value: unknown) => (Array.isArray(value) ? value.slice(0, 1) : value);
  const firsts = Object.entries(models).map(([name, grid]) => [
    name,
    Object.fromEntries(Object.entries(grid).map(([parameter, value]) => [parameter, first(value)])),
  ]);
  return { ...config, preset: 'fast', models: listedModels.parse(Object.fromEntries(firsts)) };
}
