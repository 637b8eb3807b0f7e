import { ChurnError } from '@churn/core';
import type { Executor, FittedCandidate, ModuleReference, Piece, Prediction } from '@churn/selection';
import { type SharedData, shareData } from '../../../../packages/selection/src/node/shared-data.js';
import { startWorker } from '../run/start-worker.js';

/** A search, as each worker is told of it. */
export interface FoldJob {
  readonly data: SharedData;
  readonly forOrder: boolean;
  readonly context: ModuleReference['context'];
}

/** What a worker is to do, and what of its candidates is known. */
export type FoldTask = { readonly params: ReadonlyMap<number, unknown> } & (
  | { readonly piece: Piece }
  | { readonly fit: number }
);

export type FoldRequest = { readonly job: FoldJob } | { readonly task: FoldTask };
export type FoldReply =
  | { readonly result: Prediction[] | FittedCandidate }
  | { readonly failure: Pick<ChurnError, 'code' | 'message' | 'faults'> }
  | { readonly unexpected: string };

/** A worker, and what it is doing. */
interface Member {
  readonly worker: Worker;
  isBusy: boolean;
}

/** Kept from one search to the next: to start one takes a while. */
const members: Member[] = [];

/** Does the work of a search in web workers, each of which has a copy of the rows. Results are the same for any number of them. */
export function webWorkerExecutor(workers: number): Executor {
  return {
    concurrency: workers,
    async open(data, { params, module, forOrder }) {
      const job: FoldJob = { data: shareData(data), forOrder, context: module?.context ?? null };
      while (members.length < workers) members.push({ worker: startFoldWorker(), isBusy: false });
      const pool = members.slice(0, workers);
      for (const { worker } of pool) worker.postMessage({ job } satisfies FoldRequest);
      const waiting: (() => void)[] = [];
      const run = async <T>(task: FoldTask): Promise<T> => {
        let member = pool.find(({ isBusy }) => !isBusy);
        while (!member) {
          await new Promise<void>((resolve) => waiting.push(resolve));
          member = pool.find(({ isBusy }) => !isBusy);
        }
        member.isBusy = true;
        try {
          return (await ask(member.worker, task)) as T;
        } finally {
          member.isBusy = false;
          waiting.shift()?.();
        }
      };
      const paramsOf = (indices: readonly number[]) => new Map(indices.map((i) => [i, params[i]]));
      return {
        run: (piece) => run<Prediction[]>({ piece, params: paramsOf(piece.candidates) }),
        fit: (candidate) => run<FittedCandidate>({ fit: candidate, params: paramsOf([candidate]) }),
        async close() {
          // What is under way nobody waits for any more.
          for (const member of pool.filter(({ isBusy }) => isBusy)) {
            member.worker.terminate();
            members.splice(members.indexOf(member), 1);
          }
        },
      };
    },
  };
}

function startFoldWorker(): Worker {
  return startWorker(new URL('./fold-worker.js', import.meta.url));
}

function ask(worker: Worker, task: FoldTask): Promise<Prediction[] | FittedCandidate> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FoldReply>) => {
      if ('result' in data) resolve(data.result);
      else if ('unexpected' in data) reject(new Error(data.unexpected));
      else {
        const { code, message, faults } = data.failure;
        reject(new ChurnError(code, message, { faults }));
      }
    };
    worker.onerror = ({ message }) => reject(new Error(message || 'a worker could not be started'));
    worker.postMessage({ task } satisfies FoldRequest);
  });
}
