// Runs a search with the built package, fits two candidates on all rows, and prints both: in this process, through Redis or a folder.
import { createHash } from 'node:crypto';
import { ChurnError, Random, serializeModel, Table } from '@churn/core';
import { folderExecutor, redisExecutor } from '@churn/distributed';
import { LogisticRegression, RandomForestClassifier } from '@churn/models';
import { fitCandidates, inlineExecutor, PipelineModule, search } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import { StandardScaler } from '@churn/transforms';

const {
  url,
  share,
  folder,
  shard,
  shards,
  expiryMs,
  params,
  prune = false,
  text,
  abortAfter,
  build = 'a',
  exportName = 'pipeline',
  hasWeights = true,
} = JSON.parse(process.argv[2]);
const random = new Random(1);
const rows = Array.from({ length: 300 }, () => [random.normal(), random.normal(), random.normal()]);
const y = rows.map(([a]) => (a + random.normal() > 0 ? 'yes' : 'no'));
const kind = rows.map((_, i) => 'pqr'[i % 3]);
const table = Table.fromMatrix(rows);
const x = text ? table.with({ kind }) : table;
const fit = hasWeights ? { sampleWeight: rows.map((_, i) => 1 + (i % 2)) } : {};
const tell = (message) => process.stderr.write(`${message}\n`);
const code = { version: '1.0.0', hash: build.repeat(64) };
const threads = threadExecutor(1);
const executor = url
  ? redisExecutor({ url, build: code, share, onMessage: (message, level) => tell(`${level}: ${message}`) })
  : folder
    ? folderExecutor({
        folder,
        shard,
        shards,
        expiryMs,
        pollMs: 50,
        executor: threads,
        build: code,
        onPiece: (key) => tell(`piece ${key}`),
      })
    : inlineExecutor;
const pipeline = new PipelineModule(new URL('./pipeline.mjs', import.meta.url), exportName, { seed: 7 });
const controller = new AbortController();
const onProgress = ({ done }) => {
  tell(`done ${done}`);
  if (done === abortAfter) controller.abort(new Error('aborted by the user'));
};
try {
  const found = await search(
    params,
    { pipeline, executor, prune, keepPredictions: true, refit: false, onProgress, signal: controller.signal },
    x,
    y,
    fit,
  );
  const warnings = [];
  const fitted = await fitCandidates(
    params.slice(0, 2),
    {
      pipeline,
      executor,
      classes: [StandardScaler, LogisticRegression, RandomForestClassifier],
      onWarning: (message, index) => warnings.push(`${index}: ${message}`),
    },
    x,
    y,
    fit,
  );
  const candidates = found.candidates.map(({ index, rank, scores, predictions }) => ({
    index,
    rank,
    scores,
    predictions: predictions.map((column) => createHash('sha256').update(column).digest('hex')),
  }));
  const models = await Promise.all(
    fitted.map(async ({ model }) =>
      createHash('sha256')
        .update(await serializeModel(model))
        .digest('hex'),
    ),
  );
  const unfinished = found.unfinished.map(({ index, reason }) => ({ index, reason }));
  process.stdout.write(JSON.stringify({ candidates, unfinished, models, warnings }));
} catch (error) {
  const { message } = error;
  process.stdout.write(JSON.stringify({ code: ChurnError.is(error) ? error.code : null, message }));
}
