import { ChurnError, type ErrorCode, type RowFault } from '@churn/core';
import { type AnyModel, forOrder as orderOf } from '../model.js';
import { type FittedCandidate, fitCandidate } from '../search/fit-candidate.js';
import { type Piece, PieceRunner, type Prediction } from '../search/pieces.js';
import { loadPipelineModule, type ModuleReference, type OnWarning } from '../search/pipeline-module.js';
import { readShared, type SharedData } from './shared-data.js';

/** All that a thread needs to know of a search. */
export interface WorkerJob {
  readonly data: SharedData;
  /** Whether what is enough for the order of rows is built. */
  readonly forOrder: boolean;
  readonly module: ModuleReference;
}

/** What a thread is to do: run a piece, or fit a candidate on all rows. */
export type WorkerTask = {
  /** The parameters of its candidates, by their numbers. */
  readonly params: ReadonlyMap<number, unknown>;
} & ({ readonly piece: Piece } | { readonly fit: number });

/** An error of the user's: threads carry the message of an error, and nothing else of it. */
export interface WorkerFailure {
  readonly failure: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly faults: readonly RowFault[] | undefined;
  };
}

/** A task of a job, which is known by its number once a thread has seen it whole. */
export interface WorkerMessage {
  readonly number: number;
  readonly task: WorkerTask;
  readonly job?: WorkerJob;
}

export type WorkerReply = Prediction[] | FittedCandidate | WorkerFailure;

type Work = (task: WorkerTask) => Prediction[] | FittedCandidate;

/** What this thread works on: one job at a time. */
let current: { readonly number: number; readonly work: Promise<Work> } | undefined;

/** Does a task; of a job that this thread does not know, `undefined` asks for all of it. */
export default async function runTask({
  number,
  task,
  job,
}: WorkerMessage): Promise<WorkerReply | undefined> {
  try {
    if (current?.number !== number) {
      current = undefined;
      if (!job) return undefined;
      current = { number, work: prepare(job) };
    }
    return (await current.work)(task);
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    const { code, message, faults } = error;
    return { failure: { code, message, faults } };
  }
}

async function prepare({ data: shared, forOrder, module }: WorkerJob): Promise<Work> {
  const make = await loadPipelineModule(module);
  const data = readShared(shared);
  let params: ReadonlyMap<number, unknown> = new Map();
  const build = (candidate: number, onWarning?: OnWarning): AnyModel => {
    const model = make(params.get(candidate), onWarning);
    return forOrder ? orderOf(model) : model;
  };
  const runner = new PieceRunner(data, build);
  return (task) => {
    params = task.params;
    return 'fit' in task ? fitCandidate(data, task.fit, build) : runner.run(task.piece);
  };
}
