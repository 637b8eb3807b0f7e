import type { AnyModel } from '../model.js';
import { type FittedCandidate, fitCandidate } from './fit-candidate.js';
import { type Piece, PieceRunner, type Prediction, type SearchData } from './pieces.js';
import type { ModuleReference, OnWarning } from './pipeline-module.js';

/** The candidates of a search: how to build each, here or on another thread or machine. */
export interface Candidates {
  readonly params: readonly unknown[];
  readonly build: (candidate: number, onWarning?: OnWarning) => AnyModel;
  /** Whether `build` gives what `forOrder` of the models does, if they have it: the scorers need nothing but the order. */
  readonly forOrder: boolean;
  /** Where the function that makes them is found, if it was given by name. */
  readonly module?: ModuleReference;
}

/** Where the pieces of a search are run. Pieces and predictions are plain data, so an executor can distribute them over machines. */
export interface Executor {
  /** The number of pieces that it runs at once; for an executor over machines, it changes as these join and leave. */
  readonly concurrency: number;
  /** Gets ready to run pieces of this search. */
  open(data: SearchData, candidates: Candidates): Promise<ExecutorSession>;
}

export interface ExecutorSession {
  /** Runs a piece, independent of previous ones; the same piece always gives the same predictions. */
  run(piece: Piece): Promise<Prediction[]>;
  /** Fits a candidate on all rows. */
  fit(candidate: number): Promise<FittedCandidate>;
  /** Calls `listener` whenever the `concurrency` of the executor has grown. */
  onGrowth?(listener: () => void): void;
  /** Stops running work, and releases threads and memory. */
  close(): Promise<void>;
}

/** Runs in this thread, one piece after another, yielding to the event loop in between. */
export const inlineExecutor: Executor = {
  concurrency: 1,
  async open(data, { build }) {
    const runner = new PieceRunner(data, build);
    let isClosed = false;
    const turn = () =>
      new Promise<void>((resolve) => {
        // Once it is closed nobody waits for what would come.
        setTimeout(() => !isClosed && resolve());
      });
    return {
      async run(piece) {
        await turn();
        return runner.run(piece);
      },
      async fit(candidate) {
        await turn();
        return fitCandidate(data, candidate, build);
      },
      async close() {
        isClosed = true;
      },
    };
  },
};
