import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import { z } from 'zod';
import type { RunRecord } from '../runs/run-record.js';
import type { LocalRun } from './local-run.js';
import { whileLocked } from './lock.js';
import { isTaken, type MlflowClient } from './mlflow-client.js';
import { endOf, KEY_TAG, runDataset, runMetrics, runParams, runTags, startOfRun } from './mlflow-run.js';
import { ensureVersion } from './model-version.js';
import { readSentRun, writeSentRun } from './sent-run.js';
import { uploadFiles } from './upload-files.js';

/** The names of experiment and model in MLflow. */
export interface MlflowNames {
  readonly experiment: string;
  /** The registered model. */
  readonly model: string;
}

/** Whether a run was sent now, was sent earlier, or is being sent by another process. */
export type SendOutcome = 'sent' | 'there' | 'busy';

/** The limits of MLflow per request. */
const METRICS_A_BATCH = 1000;
const PARAMS_A_BATCH = 100;

/**
 * Sends a run to MLflow, unless it was sent: as a run with parameters, metrics, dataset, models, figures and report, and its best model as
 * a version of the registered model. After any interruption, calling it again resumes, without duplicates.
 *
 * @throws `invalid-file` if the server cannot be reached or refuses.
 */
export async function sendRun(client: MlflowClient, names: MlflowNames, run: LocalRun): Promise<SendOutcome> {
  const { folder, record } = run;
  if ((await readSentRun(folder, client.server))?.complete) return 'there';
  const isFree = await whileLocked(join(folder, 'mlflow.lock'), async () => {
    const remote = await remoteRun(client, names.experiment, run);
    const { run_id: runId, experiment_id: experimentId } = remote;
    const sent = { server: client.server, experimentId, runId };
    await writeSentRun(folder, { ...sent, complete: false });
    await logRun(client, record, runId);
    await uploadFiles(client, remote.artifact_uri, folder);
    await ensureVersion(client, names.model, run, record.best, remote);
    await client.post('runs/update', { run_id: runId, status: 'FINISHED', end_time: endOf(record) });
    await writeSentRun(folder, { ...sent, complete: true });
  });
  return isFree ? 'sent' : 'busy';
}

/**
 * Registers any model of a run as a version of the registered model; sends the run first, if necessary.
 * @throws as `sendRun` does.
 */
export async function sendModel(
  client: MlflowClient,
  names: MlflowNames,
  run: LocalRun,
  name: string,
): Promise<void> {
  await sendRun(client, names, run);
  await ensureVersion(client, names.model, run, name, await remoteRun(client, names.experiment, run));
}

const remoteInfo = z.object({ run_id: z.string(), experiment_id: z.string(), artifact_uri: z.string() });
type RemoteRun = z.infer<typeof remoteInfo>;
const oneRun = z.object({ run: z.object({ info: remoteInfo }) });
const someRuns = z.object({ runs: z.array(z.object({ info: remoteInfo })).default([]) });

/** The run in MLflow: an incomplete earlier one, or else a new one. */
async function remoteRun(client: MlflowClient, experiment: string, { record }: LocalRun): Promise<RemoteRun> {
  const key = createHash('sha256').update(JSON.stringify(record)).digest('hex');
  const experimentId = await ensureExperiment(client, experiment);
  const search = {
    experiment_ids: [experimentId],
    filter: `tags.\`${KEY_TAG}\` = '${key}'`,
    max_results: 1,
  };
  const { runs } = await client.post('runs/search', search, someRuns);
  if (runs.length > 0) return runs[0].info;
  const request = {
    experiment_id: experimentId,
    run_name: record.id,
    start_time: startOfRun(record),
    tags: runTags(record, key),
  };
  return (await client.post('runs/create', request, oneRun)).run.info;
}

/** The kind of experiment, so that MLflow's UI shows models instead of agents and prompts. */
const KIND = { key: 'mlflow.experimentKind', value: 'custom_model_development' };

const newExperiment = z.object({ experiment_id: z.string() });
const oneExperiment = z.object({ experiment: newExperiment.extend({ lifecycle_stage: z.string() }) });

async function ensureExperiment(client: MlflowClient, name: string): Promise<string> {
  const find = async () => {
    const found = await client.get('experiments/get-by-name', { experiment_name: name }, oneExperiment);
    if (found?.experiment.lifecycle_stage === 'deleted') {
      throw new ChurnError(
        'invalid-file',
        `${client.server}: the experiment ${name} is deleted; restore it, or name another`,
      );
    }
    return found?.experiment.experiment_id;
  };
  const found = await find();
  if (found !== undefined) return found;
  try {
    return (await client.post<{ experiment_id: string }>('experiments/create', { name, tags: [KIND] }))
      .experiment_id;
  } catch (error) {
    // Another process created it first.
    const id = isTaken(error) ? await find() : undefined;
    if (id === undefined) throw error;
    return id;
  }
}

/** Idempotent: logging the same values again changes nothing. */
async function logRun(client: MlflowClient, record: RunRecord, runId: string): Promise<void> {
  for (const metrics of batches(runMetrics(record), METRICS_A_BATCH)) {
    await client.post('runs/log-batch', { run_id: runId, metrics });
  }
  for (const params of batches(runParams(record), PARAMS_A_BATCH)) {
    await client.post('runs/log-batch', { run_id: runId, params });
  }
  await client.post('runs/log-inputs', { run_id: runId, datasets: [runDataset(record)] });
}

function batches<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
