import { ChurnError } from '@churn/core';
import type { Candidates, Piece } from '@churn/selection';
import type { Build } from './build.js';
import { sha256 } from './packed-data.js';
import { isPlainJson } from './plain-json.js';

/** What is to be done, as plain JSON: to run a piece, or to fit a candidate on all rows. */
export type Task = {
  /** The parameters of its candidates, in their order. */
  readonly params: readonly unknown[];
} & ({ readonly piece: Piece } | { readonly fit: number });

/** All that decides the results of a search's tasks besides the tasks, as plain JSON. */
export interface Job {
  /** The hash of its data. */
  readonly data: string;
  readonly exportName: string;
  /** What all candidates share. */
  readonly context: unknown;
  readonly forOrder: boolean;
}

/**
 * What others must know of the candidates of a search.
 * @throws `invalid-parameter` if they are not given by name, or what they share is no plain JSON.
 */
export function jobOf({ module, forOrder }: Candidates, data: string): Job {
  if (!module) {
    throw new ChurnError(
      'invalid-parameter',
      'pipeline: other processes cannot be sent a function; give it as new PipelineModule(url, exportName)',
    );
  }
  const { exportName, context } = module;
  requireJson(context, 'pipeline: the context');
  return { data, exportName, context, forOrder };
}

/** @throws `invalid-parameter` if the parameters of a candidate are no plain JSON. */
export function pieceTask(piece: Piece, params: readonly unknown[]): Task {
  const { fold, prefix, candidates } = piece;
  return { piece: { fold, prefix, candidates }, params: paramsOf(candidates, params) };
}

/** @throws `invalid-parameter` if the parameters of the candidate are no plain JSON. */
export function fitTask(candidate: number, params: readonly unknown[]): Task {
  return { fit: candidate, params: paramsOf([candidate], params) };
}

/** The numbers of a task's candidates. */
export function candidatesOf(task: Task): readonly number[] {
  return 'piece' in task ? task.piece.candidates : [task.fit];
}

/** Of all that decides what comes of a task: a hash, 64 hexadecimal digits. The numbers of candidates are not among it. */
export function taskKey(task: Task, { data, exportName, context, forOrder }: Job, build: Build): string {
  const what = 'piece' in task ? task.piece.fold : 'fit';
  return sha256(JSON.stringify([build.hash, data, exportName, context, forOrder, what, task.params]));
}

/** A task as messages tell it. */
export function describeTask(task: Task): string {
  const candidates = candidatesOf(task);
  const which = candidates.length > 1 ? `candidates ${candidates.join(', ')}` : `candidate ${candidates[0]}`;
  return 'piece' in task ? `${which}, fold ${task.piece.fold}` : `${which}, all rows`;
}

function paramsOf(candidates: readonly number[], params: readonly unknown[]): unknown[] {
  return candidates.map((candidate) => {
    requireJson(params[candidate], `candidate ${candidate}: its parameters`);
    return params[candidate];
  });
}

function requireJson(value: unknown, what: string): void {
  if (isPlainJson(value)) return;
  throw new ChurnError(
    'invalid-parameter',
    `${what}: expected plain JSON, which other processes can be sent: texts, finite numbers, booleans, null, lists and objects of these`,
  );
}
