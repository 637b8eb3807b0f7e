import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ChurnError } from '@churn/core';
import { fileError, readBytes } from '@churn/io';
import type { MlflowClient } from './mlflow-client.js';

/** The files of a run that are sent, without rows of data and logs. */
const SENT = ['run.json', 'report.html', 'models', 'images'];

/**
 * Uploads the files of a run, overwriting existing ones.
 * @param uri the artifact location of the run.
 * @throws `invalid-file` if the server does not proxy artifacts; also as the client does.
 */
export async function uploadFiles(client: MlflowClient, uri: string, folder: string): Promise<void> {
  const root = proxiedPath(client, uri);
  for (const file of await filesToSend(folder)) {
    await client.upload(`${root}/${file.split(sep).join('/')}`, await readBytes(join(folder, file)));
  }
}

/** The URI of an artifact. */
export function artifactUri(root: string, file: string): string {
  return `${root.replace(/\/$/, '')}/${file}`;
}

function proxiedPath({ server }: MlflowClient, uri: string): string {
  const [, path] = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*?)\/?$/.exec(uri) ?? [];
  if (path !== undefined) return path;
  throw new ChurnError(
    'invalid-file',
    `${server}: expected a server that stores artifacts itself, got one that stores them at ${uri}; start it with --artifacts-destination`,
  );
}

async function filesToSend(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
      .filter((file) => SENT.includes(file.split(sep)[0]))
      .sort();
  } catch (error) {
    throw fileError('read', folder, error);
  }
}
