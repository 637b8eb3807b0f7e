// Fits candidates with threads from the built package, and prints hashes of model files beside those of fits in this thread.
import { createHash } from 'node:crypto';
import { Random, serializeModel, Table } from '@churn/core';
import { LogisticRegression, RandomForestClassifier } from '@churn/models';
import { fitCandidates, inlineExecutor, PipelineModule } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import { StandardScaler } from '@churn/transforms';
import { pipeline } from './pipeline.mjs';

const hash = (text) => createHash('sha256').update(text).digest('hex');
const { workers, classes = true, text, abort } = JSON.parse(process.argv[2]);
const random = new Random(1);
const rows = Array.from({ length: 300 }, () => [random.normal(), random.normal(), random.normal()]);
const y = rows.map(([a]) => (a + random.normal() > 0 ? 'yes' : 'no'));
const kind = rows.map((_, i) => 'pqr'[i % 3]);
const table = Table.fromMatrix(rows);
const x = text ? table.with({ kind }) : table;
const sampleWeight = rows.map((_, i) => 1 + (i % 2));
const params = [{ C: 1 }, { nEstimators: 5 }, { C: 10, maxIterations: 1 }, { nEstimators: 40 }];
const context = { seed: 7 };
const controller = new AbortController();
const begun = [];
const warned = [];
try {
  const fitted = await fitCandidates(
    abort ? [...params, { endless: true }] : params,
    {
      pipeline: new PipelineModule(new URL('./pipeline.mjs', import.meta.url), 'pipeline', context),
      executor: workers ? threadExecutor(workers) : inlineExecutor,
      classes: classes ? [StandardScaler, LogisticRegression, RandomForestClassifier] : [StandardScaler],
      ...(!abort && { expectedMs: [2, 3, 1, 4] }),
      signal: controller.signal,
      onWarning: (message, index) => warned.push({ message, index }),
      onFitted(index) {
        begun.push(index);
        if (abort && begun.length === 4) controller.abort(new Error('aborted by the user'));
      },
    },
    x,
    y,
    { sampleWeight },
  );
  const files = await Promise.all(fitted.map(({ model }) => serializeModel(model)));
  const alone = params.map((each) => pipeline(each, context).fit(x, y, { sampleWeight }));
  process.stdout.write(
    JSON.stringify({
      files: files.map(hash),
      alone: await Promise.all(alone.map(async (model) => hash(await serializeModel(model)))),
      isTimed: fitted.every(({ fitMs }) => fitMs > 0),
      begun,
      warned,
    }),
  );
} catch (error) {
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }));
}
