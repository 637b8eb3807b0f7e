import type { JsonObject } from '@churn/core';
import { z } from 'zod';

const metrics = z.record(z.string(), z.number());

const runModel = z.object({
  /** Relative to the folder of the run, and in it. */
  file: z.string().regex(/^models\/[^/\\]+$/, 'expected a file in models'),
  /** Of the file; `null` of runs of earlier versions. */
  sha256: z.string().nullable(),
  /** On the test rows, by the name of the scorer. */
  metrics,
  /** Cross-validated means, by the name of the scorer. */
  cv: metrics,
  /** From which probability on a row is called positive; `null` where the likelier class is called. */
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
    /** Of the file. */
    sha256: z.string(),
    /** Of what was learned from; `null` of runs of earlier versions. */
    contentSha256: z.string().nullable(),
    rows: z.number(),
    /** How many rows, drawn at random, all was chosen by, where others were learned from as they were read. */
    sampled: z.number().nullable(),
  }),
  /** The whole configuration, defaults included; `null` of runs of earlier versions. */
  config: z.custom<JsonObject>(isObjectOrNull, 'expected an object').nullable(),
  seed: z.number(),
  versions: z.object({ churn: z.string(), node: z.string() }),
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
  /** The name of the best model. */
  best: z.string(),
  models: z.record(z.string(), runModel),
  /** What is predicted, if that is no class. */
  task: z.enum(['value', 'survival']).optional(),
  /** The rows held out; of two classes, the second is the positive one, and of values and times there is none. */
  test: z.object({ rows: z.number(), classes: z.array(z.string()) }),
});

/** What `run.json` holds. */
export const runRecord = fields.refine(hasBest, { path: ['best'], error: 'expected one of the models' });

function isObjectOrNull(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

/** What is known of a training run. */
export type RunRecord = z.infer<typeof runRecord>;
export type RunModel = z.infer<typeof runModel>;
