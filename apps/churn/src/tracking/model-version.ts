import { join } from 'node:path';
import { z } from 'zod';
import type { AliasEntry } from '../registry/alias-entry.js';
import { fileSha256 } from '../runs/file-sha256.js';
import type { LocalRun } from './local-run.js';
import { isTaken, type MlflowClient } from './mlflow-client.js';
import { artifactUri } from './upload-files.js';

const modelVersion = z.object({
  version: z.string(),
  run_id: z.string().optional(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});
type ModelVersion = z.infer<typeof modelVersion>;
const oneVersion = z.object({ model_version: modelVersion });
const someVersions = z.object({
  model_versions: z.array(modelVersion).default([]),
  next_page_token: z.string().default(''),
});

const SHA256 = 'churn.sha256';
const MODEL = 'churn.model';

/**
 * Registers a model of a run as a version of the registered model, unless it already is.
 * @param remote the run in MLflow.
 * @returns the version.
 */
export async function ensureVersion(
  client: MlflowClient,
  registered: string,
  { record, folder }: LocalRun,
  name: string,
  remote: { readonly run_id: string; readonly artifact_uri: string },
): Promise<string> {
  await ensureRegistered(client, registered);
  const found = (await versionsOf(client, registered)).find(
    (each) => each.run_id === remote.run_id && tagOf(each, MODEL) === name,
  );
  if (found) return found.version;
  const { file, sha256 } = record.models[name];
  const fields = {
    name: registered,
    source: artifactUri(remote.artifact_uri, file),
    run_id: remote.run_id,
    description: `${name} of run ${record.id}`,
    tags: [
      { key: MODEL, value: name },
      { key: SHA256, value: sha256 ?? (await fileSha256(join(folder, file))) },
    ],
  };
  const { model_version: made } = await client.post('model-versions/create', fields, oneVersion);
  return made.version;
}

/**
 * Points an alias of the registered model to the version of the model in our registry entry.
 * @returns whether that version exists.
 */
export async function setAlias(
  client: MlflowClient,
  registered: string,
  alias: string,
  { sha256 }: Pick<AliasEntry, 'sha256'>,
): Promise<boolean> {
  const versions = await versionsOf(client, registered);
  const version = versions.find((each) => tagOf(each, SHA256) === sha256)?.version;
  if (version === undefined) return false;
  await client.post('registered-models/alias', { name: registered, alias, version });
  return true;
}

async function ensureRegistered(client: MlflowClient, name: string): Promise<void> {
  try {
    await client.post('registered-models/create', { name });
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
}

async function versionsOf(client: MlflowClient, name: string): Promise<ModelVersion[]> {
  const versions: ModelVersion[] = [];
  let page = '';
  do {
    const query = { filter: `name='${name}'`, ...(page !== '' && { page_token: page }) };
    const answer = await client.get('model-versions/search', query, someVersions);
    versions.push(...(answer?.model_versions ?? []));
    page = answer?.next_page_token ?? '';
  } while (page !== '');
  return versions;
}

function tagOf({ tags }: ModelVersion, key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}
