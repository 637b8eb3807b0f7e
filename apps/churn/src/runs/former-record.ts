import { ChurnError, type JsonObject } from '@churn/core';
import { z } from 'zod';
import { recordedModelFile } from './output-files.js';
import { hasBest, type RunRecord } from './run-record.js';
import { startOf } from './start-of.js';

/** The parts of a report that are read for runs of versions without records. */
const report = z
  .object({
    best: z.string(),
    models: z.record(
      z.string(),
      z.object({
        cv: z.record(z.string(), z.object({ mean: z.number() })),
        threshold: z.object({ threshold: z.number() }).nullable(),
        test: z.record(z.string(), z.unknown()),
      }),
    ),
    data: z.object({
      file: z.string(),
      sha256: z.string(),
      contentSha256: z.string().nullable().default(null),
      rows: z.number(),
      sampled: z.number().nullable().default(null),
      test: z.number(),
      classes: z.array(z.object({ label: z.string() })).default([]),
    }),
    seed: z.number(),
    versions: z.object({ churn: z.string(), node: z.string() }),
    seconds: z.number(),
  })
  .refine(hasBest, { path: ['best'], error: 'expected one of the models' });

/**
 * The record of a run, reconstructed from its report.
 * @param file the name of the report, for messages.
 * @throws `invalid-file` if it is not a report.
 */
export function formerRecord(id: string, given: JsonObject, file: string): RunRecord {
  const { data: parsed, error } = report.safeParse(given);
  if (!parsed) {
    const [{ path, message }] = error.issues;
    throw new ChurnError('invalid-file', `${file}: ${path.join('.') || 'the report'}: ${message}`);
  }
  const { best, models, data, seed, versions, seconds } = parsed;
  const { test, classes, ...source } = data;
  return {
    format: 1,
    id,
    started: startOf(id),
    seconds,
    command: 'train',
    data: source,
    config: null,
    seed,
    versions,
    git: null,
    best,
    models: Object.fromEntries(
      Object.entries(models).map(([name, model]) => [
        name,
        {
          file: recordedModelFile(name),
          sha256: null,
          metrics: Object.fromEntries(Object.entries(model.test).filter(isFigure)),
          cv: Object.fromEntries(Object.entries(model.cv).map(([scorer, { mean }]) => [scorer, mean])),
          threshold: model.threshold?.threshold ?? null,
        },
      ]),
    ),
    test: { rows: test, classes: classes.map(({ label }) => label) },
  };
}

function isFigure(entry: [string, unknown]): entry is [string, number] {
  return typeof entry[1] === 'number';
}
