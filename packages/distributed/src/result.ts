import { ChurnError, type ErrorCode, isString, type RowFault, StateReader } from '@churn/core';
import type { FittedCandidate, Prediction } from '@churn/selection';
import { reasonOf } from './reason-of.js';

/** The result of a task: the predictions of a piece, a fitted candidate, or an error. */
export type Result =
  | { readonly predictions: Prediction[] }
  | { readonly fitted: FittedCandidate }
  | { readonly failure: Failure };

/** An error as plain JSON. */
export interface Failure {
  /** The code of a `ChurnError`; `null` for any other error. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly faults?: readonly RowFault[] | undefined;
}

/** A result as JSON, with predictions in base64. */
export function resultText(result: Result): string {
  if (!('predictions' in result)) return JSON.stringify(result);
  const predictions = result.predictions.map(({ predictions, ...rest }) => ({
    ...rest,
    predictions: predictions.map((column) => bytesOf(column).toString('base64')),
  }));
  return JSON.stringify({ predictions });
}

/** Parses a result; `undefined` if the text is damaged. */
export function readResult(text: string): Result | undefined {
  try {
    const saved = JSON.parse(text);
    if ('failure' in saved || 'fitted' in saved) return saved;
    return {
      predictions: new StateReader('result', saved).children('predictions').map((each) => ({
        candidate: each.number('candidate'),
        predictions: each.list('predictions', isString).map(columnOf),
        fitMs: each.number('fitMs'),
        scoreMs: each.number('scoreMs'),
      })),
    };
  } catch {
    return undefined;
  }
}

function bytesOf(column: Float64Array): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}

/** Unlike `StateReader.packed`, accepts numbers that are not finite: a model may predict them, and scorers report them. */
function columnOf(text: string): Float64Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Error('invalid base64');
  return new Float64Array(Uint8Array.from(bytes).buffer);
}

/** Predictions with the candidate numbers of this search: the search that computed them may have used others. */
export function numbered(predictions: readonly Prediction[], candidates: readonly number[]): Prediction[] {
  return predictions.map((each, i) => ({ ...each, candidate: candidates[i] }));
}

export function failureOf(error: unknown): Failure {
  if (ChurnError.is(error)) {
    const { code, message, faults } = error;
    return { code, message, ...(faults && { faults }) };
  }
  return { code: null, message: reasonOf(error) };
}

/** The error that a failure describes. */
export function errorOf({ code, message, faults }: Failure): Error {
  return code === null ? new Error(message) : new ChurnError(code, message, { ...(faults && { faults }) });
}
