import { ChurnError, type ErrorCode, type RowFault } from '@churn/core';
import { Piscina } from 'piscina';
import { forOrder as orderOf } from '../model.js';
import { type Piece, PieceRunner, type Prediction } from '../search/pieces.js';
import { loadPipelineModule, type ModuleReference } from '../search/pipeline-module.js';
import { readShared, type SharedData } from './shared-data.js';

/** All that a thread needs to know of a search. */
export interface WorkerJob {
  readonly data: SharedData;
  readonly params: readonly unknown[];
  /** Whether what is enough for the order of rows is built. */
  readonly forOrder: boolean;
  readonly module: ModuleReference;
}

/** An error of the user's: threads carry the message of an error, and nothing else of it. */
export interface WorkerFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly faults?: readonly RowFault[];
}

let runner: Promise<PieceRunner> | undefined;

/** Runs a piece of the search that this thread was started for. */
export default async function runPiece(piece: Piece): Promise<Prediction[] | WorkerFailure> {
  try {
    runner ??= createRunner(Piscina.workerData);
    return (await runner).run(piece);
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    const { code, message, faults } = error;
    return { code, message, faults };
  }
}

async function createRunner({ data, params, forOrder, module }: WorkerJob): Promise<PieceRunner> {
  const build = await loadPipelineModule(module);
  return new PieceRunner(readShared(data), (candidate) => {
    const model = build(params[candidate]);
    return forOrder ? orderOf(model) : model;
  });
}
