/// <reference lib="webworker" />
import { ChurnError } from '@churn/core';
import { type ExecutorSession, inlineExecutor } from '@churn/selection';
import type { ModelParameters } from '../../../../apps/churn/src/config/model-config.js';
import { churnPipeline, type PipelineContext } from '../../../../apps/churn/src/model/churn-pipeline.js';
import { readShared } from '../../../../packages/selection/src/node/shared-data.js';
import type { FoldJob, FoldReply, FoldRequest, FoldTask } from './web-worker-executor.js';

declare const self: DedicatedWorkerGlobalScope;

let session: Promise<ExecutorSession> | undefined;
let params: ReadonlyMap<number, unknown> = new Map();

/** Gets ready for a search: candidates come with each task. */
function open({ data, forOrder, context }: FoldJob): Promise<ExecutorSession> {
  return inlineExecutor.open(readShared(data), {
    params: [],
    forOrder,
    build(candidate, onWarning) {
      const made = params.get(candidate) as ModelParameters;
      const pipeline = churnPipeline(made, context as PipelineContext, onWarning);
      return forOrder ? pipeline.forOrder() : pipeline;
    },
  });
}

async function done(task: FoldTask): Promise<FoldReply> {
  try {
    const opened = await session;
    if (!opened) throw new Error('a task came before its search');
    params = task.params;
    return { result: await ('fit' in task ? opened.fit(task.fit) : opened.run(task.piece)) };
  } catch (error) {
    if (!ChurnError.is(error)) return { unexpected: String(error) };
    const { code, message, faults } = error;
    return { failure: { code, message, faults } };
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<FoldRequest>) => {
  if ('job' in data) session = open(data.job);
  else self.postMessage(await done(data.task));
});
