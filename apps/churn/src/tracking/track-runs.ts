import { ChurnError } from '@churn/core';
import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import type { AliasEntry } from '../registry/alias-entry.js';
import { currentEntry, listAliases } from '../registry/alias-history.js';
import { listRuns, readRun } from '../runs/read-run.js';
import { runPath } from '../runs/run-folder.js';
import type { Logger } from '../terminal/logger.js';
import { type MlflowClient, mlflowClient } from './mlflow-client.js';
import { setAlias } from './model-version.js';
import { type MlflowNames, type SendOutcome, sendModel, sendRun } from './send-run.js';

type TrackedConfig = Pick<Config, 'tracking' | 'output' | 'registry' | 'predicts'>;

/** The result of sending to MLflow. */
export interface SyncResult {
  readonly server: string;
  /** The numbers of runs sent now, sent earlier, and being sent by another process. */
  readonly runs: Readonly<Record<SendOutcome, number>>;
  /** The aliases that point to the same models in MLflow. */
  readonly aliases: readonly string[];
  /** The aliases whose models are missing, since their runs were removed. */
  readonly lacking: readonly string[];
}

/** Sends a complete run to MLflow, if the configuration names a server. Errors are only warnings, since the run is complete without it. */
export async function trackRun(config: TrackedConfig, id: string, logger: Logger): Promise<void> {
  await unlessItFails(config, logger, `run ${id}`, async (client, names) => {
    const { folder } = config.output;
    await sendRun(client, names, { record: await readRun(folder, id), folder: runPath(folder, id) });
    logger.info(`sent to MLflow: ${client.server}, experiment ${names.experiment}, run ${id}`);
  });
}

/**
 * Points an alias in MLflow to the same model as here, if the configuration names a server. Errors are only warnings, since the local alias
 * is set without it.
 */
export async function syncAlias(config: TrackedConfig, alias: string, logger: Logger): Promise<void> {
  await unlessItFails(config, logger, `alias ${alias}`, async (client, names) => {
    const entry = await currentEntry(registryFolder(config), alias);
    if (!entry || (await sendAlias(client, names, config, alias, entry))) return;
    logger.warn(`alias ${alias}: MLflow does not have its model, and run ${entry.run} no longer exists`);
  });
}

/**
 * Sends complete runs that MLflow lacks, oldest first, and the aliases.
 * @throws `invalid-parameter` if the configuration names no server; `invalid-file` if it cannot be reached or refuses.
 */
export async function syncRuns(config: TrackedConfig): Promise<SyncResult> {
  const { client, names } = target(config);
  const { folder } = config.output;
  const runs = { sent: 0, there: 0, busy: 0 };
  for (const record of [...(await listRuns(folder))].reverse()) {
    runs[await sendRun(client, names, { record, folder: runPath(folder, record.id) })]++;
  }
  const registry = registryFolder(config);
  const aliases: string[] = [];
  const lacking: string[] = [];
  for (const alias of await listAliases(registry)) {
    const entry = await currentEntry(registry, alias);
    if (!entry) continue;
    const isThere = await sendAlias(client, names, config, alias, entry);
    (isThere ? aliases : lacking).push(alias);
  }
  return { server: client.server, runs, aliases, lacking };
}

async function unlessItFails(
  config: TrackedConfig,
  logger: Logger,
  what: string,
  work: (client: MlflowClient, names: MlflowNames) => Promise<void>,
): Promise<void> {
  if (!config.tracking) return;
  const { client, names } = target(config);
  try {
    await work(client, names);
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    logger.warn(`${what} is complete here, but not in MLflow; send it by churn runs sync: ${error.message}`);
  }
}

function target({ tracking, predicts }: TrackedConfig): { client: MlflowClient; names: MlflowNames } {
  if (!tracking) {
    throw new ChurnError(
      'invalid-parameter',
      'tracking.mlflow: expected the address of a server to send runs to, such as http://localhost:5000, got none',
    );
  }
  const { mlflow, experiment = predicts, model = experiment } = tracking;
  return { client: mlflowClient(mlflow), names: { experiment, model } };
}

/** @returns whether MLflow has the model. */
async function sendAlias(
  client: MlflowClient,
  names: MlflowNames,
  { output: { folder } }: TrackedConfig,
  alias: string,
  entry: Pick<AliasEntry, 'run' | 'model' | 'sha256'>,
): Promise<boolean> {
  if (await setAlias(client, names.model, alias, entry)) return true;
  const record = (await listRuns(folder)).find(({ id }) => id === entry.run);
  if (!record) return false;
  await sendModel(client, names, { record, folder: runPath(folder, entry.run) }, entry.model);
  return setAlias(client, names.model, alias, entry);
}
