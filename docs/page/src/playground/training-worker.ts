/// <reference lib="webworker" />
import { ChurnError } from '@churn/core';
import type { FileRecords } from '@churn/io';
import type { TrainingMessage, TrainingRequest } from './messages.js';
import type { PageLogger } from './page-logger.js';
import { describeRecords, readRecords } from './read-file.js';
import { trainRecords } from './train-records.js';

declare const self: DedicatedWorkerGlobalScope;

let records: FileRecords | undefined;

const send = (message: TrainingMessage) => self.postMessage(message);
const stage = (text: string) => send({ kind: 'stage', text });

const logger: PageLogger = {
  info: stage,
  warn: stage,
  error: stage,
  debug: () => {},
  onProgress: (progress) => send({ kind: 'progress', progress }),
};

async function answer(request: TrainingRequest): Promise<TrainingMessage> {
  if (request.kind === 'read') {
    records = readRecords(request.name, new Uint8Array(request.bytes));
    return describeRecords(records);
  }
  if (!records) throw new Error('there is no file yet');
  return trainRecords(records, request, logger);
}

self.addEventListener('message', async ({ data }: MessageEvent<TrainingRequest>) => {
  try {
    send(await answer(data));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send({ kind: 'failure', message: ChurnError.is(error) ? message : `unexpected: ${message}` });
  }
});
