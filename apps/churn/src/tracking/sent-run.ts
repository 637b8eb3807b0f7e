import { join } from 'node:path';
import { isPlainObject, StateReader } from '@churn/core';
import { readBytes, writeFileAtomic } from '@churn/io';

/** Where a run is in MLflow, as its folder keeps it. */
export interface SentRun {
  readonly server: string;
  readonly experimentId: string;
  readonly runId: string;
  /** Whether all of it is there. */
  readonly complete: boolean;
}

const FILE = 'mlflow.json';

/**
 * Where a run has been sent to.
 * @returns `undefined` if it has not been, to this server.
 */
export async function readSentRun(folder: string, server: string): Promise<SentRun | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(await readBytes(join(folder, FILE))).toString());
  } catch {
    // By default the server is asked.
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
