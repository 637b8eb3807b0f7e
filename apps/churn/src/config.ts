import { readFile } from 'node:fs/promises';
import { ChurnError } from '@churn/core';
import { type DatasetSchema, fileError, parseDatasetColumn } from '@churn/io';
import { parseDocument } from 'yaml';
import { z } from 'zod';

const name = z.string().min(1);

/** The rules of a column, which `@churn/io` knows and checks. */
const columns = z.record(name, z.record(z.string(), z.unknown())).transform((rules, context) =>
  Object.entries(rules).flatMap(([column, fields]): DatasetSchema => {
    try {
      return [parseDatasetColumn({ name: column, ...fields }, column)];
    } catch (error) {
      context.addIssue((error as Error).message);
      return [];
    }
  }),
);

const data = z.strictObject({
  file: name,
  target: name,
  // YAML reads a bare 1 as a number and a bare true as a boolean; in the file they are text.
  positive: z.union([name, z.number(), z.boolean()]).transform(String),
  drop: z.array(name).default([]),
  missingValues: z.array(z.string()).optional(),
  uniqueBy: z.array(name).min(1).optional(),
  columns: columns.optional(),
});

const processing = z
  .strictObject({
    mappings: z.record(name, z.record(z.string(), z.string())).default({}),
    skewThreshold: z.number().min(0).default(0.75),
    encoding: z
      .strictObject({
        smoothing: z.number().min(0).default(0),
        folds: z.int().min(2).default(5),
      })
      .prefault({}),
  })
  .prefault({});

const logisticRegression = z.strictObject({
  type: z.literal('LogisticRegression'),
  degree: z.int().min(1).max(3).default(1),
  penalty: z.enum(['l1', 'l2']).default('l2'),
  C: z.number().positive().default(1),
});

const randomForest = z.strictObject({
  type: z.literal('RandomForestClassifier'),
  nEstimators: z.int().min(1).default(100),
  criterion: z.enum(['gini', 'entropy']).default('gini'),
  maxDepth: z.int().min(1).nullable().default(null),
  minSamplesLeaf: z.int().min(1).default(1),
});

const gradientBoosting = z.strictObject({
  type: z.literal('GradientBoostingClassifier'),
  nEstimators: z.int().min(1).default(100),
  learningRate: z.number().positive().default(0.1),
  maxLeafNodes: z.int().min(2).default(31),
  minSamplesLeaf: z.int().min(1).default(20),
});

const model = z.discriminatedUnion('type', [logisticRegression, randomForest, gradientBoosting]);

// A model's name becomes the name of its file.
const modelName = z
  .string()
  .regex(/^[A-Za-z][\w-]*$/, 'a model name has letters, digits, _ and -, a letter first');

const output = z
  .strictObject({
    folder: name.default('outputs'),
    sample: z
      .strictObject({ file: name.default('bank_data_sample.csv'), rows: z.int().min(2).default(100) })
      .prefault({}),
    log: name.default('churn.log'),
  })
  .prefault({});

const configSchema = z.strictObject({
  seed: z.int().min(0).default(42),
  data,
  split: z.strictObject({ testSize: z.number().gt(0).lt(1).default(0.3) }).prefault({}),
  crossValidation: z.strictObject({ folds: z.int().min(2).default(5) }).optional(),
  processing,
  models: z
    .record(modelName, model)
    .refine((models) => Object.keys(models).length > 0, 'give at least one model'),
  output,
  logLevel: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
});

/** A business case: the data, what to predict, how to process it, which models, and where results go. */
export type Config = z.infer<typeof configSchema>;
export type DataConfig = Config['data'];
export type ProcessingConfig = Config['processing'];
export type ModelConfig = Config['models'][string];

/**
 * Reads a configuration.
 * @throws `invalid-file` where it cannot be read or is no YAML; `invalid-parameter` with every error and its path.
 */
export async function loadConfig(file: string): Promise<Config> {
  const result = configSchema.safeParse(parseYaml(file, await readText(file)));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'top level'}: ${issue.message}`,
  );
  throw new ChurnError('invalid-parameter', `${file}: ${problems.join('\n  and ')}`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileError('read', file, error);
  }
}

function parseYaml(file: string, text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const [firstLine] = error.message.split('\n');
    throw new ChurnError('invalid-file', `${file}: not valid YAML: ${firstLine.replace(/:$/, '')}`, {
      cause: error,
    });
  }
  return document.toJS();
}
