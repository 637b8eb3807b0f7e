import type { JsonObject } from '@churn/core';
import { z } from 'zod';

const metrics = z.record(z.string(), z.number());

const runModel = z.object({
  /** The path relative to the folder of the run. */
  file: z.string().regex(/^models\/[^/\\]+$/, 'expected a file in models'),
  /** The hash of the model file; `null` for runs of earlier versions. */
  sha256: z.string().nullable(),
  /** The test metrics, by scorer. */
  metrics,
  /** The cross-validated means, by scorer. */
  cv: metrics,
  /** The threshold; `null` if the more likely class is predicted. */
  threshold: z.number().nullable(),
});

/** Whether the best model is one of the models. */
export function hasBest({ best, models }: { readonly best: string; readonly models: object }): boolean {
  return Object.hasOwn(models, best);
}

const fields = z.object({
  format: z.literal(1, { error: 'expected 1; later formats need a later version of churn' }),
  /** The name of its folder. */
  id: z.string(),
  /** ISO 8601, in UTC. */
  started: z.string(),
  seconds: z.number(),
  command: z.literal('train'),
  data: z.object({
    file: z.string(),
    /** The hash of the data file. */
    sha256: z.string(),
    /** The hash of the training data; `null` for runs of earlier versions. */
    contentSha256: z.string().nullable(),
    rows: z.number(),
    /** The size of the random sample for all choices, if rows were streamed. */
    sampled: z.number().nullable(),
  }),
  /** The whole configuration, including defaults; `null` for runs of earlier versions. */
  config: z.custom<JsonObject>(isObjectOrNull, 'expected an object').nullable(),
  seed: z.number(),
  versions: z.object({ churn: z.string(), node: z.string() }),
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
  /** The name of the best model. */
  best: z.string(),
  models: z.record(z.string(), runModel),
  /** The task, if it is not classification. */
  task: z.enum(['value', 'survival']).optional(),
  /** The held-out rows, with the classes; of two, the second is positive. Empty for regression and survival. */
  test: z.object({ rows: z.number(), classes: z.array(z.string()) }),
});

/** The content of `run.json`. */
export const runRecord = fields.refine(hasBest, { path: ['best'], error: 'expected one of the models' });

function isObjectOrNull(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The record of a training run. */
export type RunRecord = z.infer<typeof runRecord>;
export type RunModel = z.infer<typeof runModel>;
