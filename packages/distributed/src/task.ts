import { ChurnError } from '@churn/core';
import type { Candidates, Piece } from '@churn/selection';
import type { Build } from './build.js';
import { sha256 } from './packed-data.js';
import { isPlainJson } from './plain-json.js';

/** A task as plain JSON: to run a piece, or to fit a candidate on all rows. */
export type Task = {
  /** The parameters of the task's candidates, in their order. */
  readonly params: readonly unknown[];
} & ({ readonly piece: Piece } | { readonly fit: number });

/** What the tasks of a search have in common, as plain JSON; together with a task, it determines the result. */
export interface Job {
  /** The hash of its data. */
  readonly data: string;
  readonly exportName: string;
  /** What all candidates share. */
  readonly context: unknown;
  readonly forOrder: boolean;
}

/**
 * Describes the candidates of a search to other processes.
 * @throws `invalid-parameter` if the pipeline is not given by name, or its context is not plain JSON.
 */
export function jobOf({ module, forOrder }: Candidates, data: string): Job {
  if (!module) {
    throw new ChurnError(
      'invalid-parameter',
      'pipeline: a function cannot be sent to other processes; use new PipelineModule(url, exportName)',
    );
  }
  const { exportName, context } = module;
  requireJson(context, 'pipeline: the context');
  return { data, exportName, context, forOrder };
}

/** @throws `invalid-parameter` if the parameters of a candidate are not plain JSON. */
export function pieceTask(piece: Piece, params: readonly unknown[]): Task {
  const { fold, prefix, candidates } = piece;
  return { piece: { fold, prefix, candidates }, params: paramsOf(candidates, params) };
}

/** @throws `invalid-parameter` if the parameters of the candidate are not plain JSON. */
export function fitTask(candidate: number, params: readonly unknown[]): Task {
  return { fit: candidate, params: paramsOf([candidate], params) };
}

/** The numbers of a task's candidates. */
export function candidatesOf(task: Task): readonly number[] {
  return 'piece' in task ? task.piece.candidates : [task.fit];
}

/** The hash of everything that determines the result of a task, which candidate numbers do not: 64 hexadecimal digits. */
export function taskKey(task: Task, { data, exportName, context, forOrder }: Job, build: Build): string {
  const what = 'piece' in task ? task.piece.fold : 'fit';
  return sha256(JSON.stringify([build.hash, data, exportName, context, forOrder, what, task.params]));
}

/** Formats a task for messages. */
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
    `${what}: expected plain JSON, which can be sent to other processes: texts, finite numbers, booleans, null, lists and objects of these`,
  );
}
