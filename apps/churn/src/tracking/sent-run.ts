import { join } from 'node:path';
import { isPlainObject, StateReader } from '@churn/core';
import { readBytes, writeFileAtomic } from '@churn/io';

/** The IDs of a run in MLflow, as recorded in its folder. */
export interface SentRun {
  readonly server: string;
  readonly experimentId: string;
  readonly runId: string;
  /** Whether it was sent completely. */
  readonly complete: boolean;
}

const FILE = 'mlflow.json';

/**
 * Reads the IDs of a run in MLflow.
 * @returns `undefined` if it was not sent to this server.
 */
export async function readSentRun(folder: string, server: string): Promise<SentRun | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(await readBytes(join(folder, FILE))).toString());
  } catch {
    // Otherwise the server is asked.
    return undefined;
  }
  if (!isPlainObject(value) || value.server !== server) return undefined;
  const reader = new StateReader(join(folder, FILE), value);
  return {
    server,
    experimentId: reader.string('experimentId'),
    runId: reader.string('runId'),
    complete: reader.boolean('complete'),
  };
}

export async function writeSentRun(folder: string, sent: SentRun): Promise<void> {
  await writeFileAtomic(join(folder, FILE), `${JSON.stringify({ format: 1, ...sent }, null, 2)}\n`);
}
