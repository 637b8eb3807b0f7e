import { ChurnError, type SavedPart, savedPart } from '@churn/core';
import type { AnyModel } from '../model.js';
import type { SearchData } from './pieces.js';
import type { OnWarning } from './pipeline-module.js';

/** A candidate that is fitted on all rows: plain data, which can be sent elsewhere. */
export interface FittedCandidate {
  readonly model: SavedPart;
  readonly fitMs: number;
  /** What it warned of. */
  readonly warnings: readonly string[];
}

/**
 * Fits a candidate on all rows.
 * @throws the errors of fitting, with the candidate before the message.
 */
export function fitCandidate(
  { x, y, sampleWeight }: SearchData,
  candidate: number,
  build: (candidate: number, onWarning: OnWarning) => AnyModel,
): FittedCandidate {
  const warnings: string[] = [];
  try {
    const started = performance.now();
    const model = build(candidate, (message) => warnings.push(message));
    const fitted = model.fit(x, y as never, sampleWeight && { sampleWeight });
    return { model: savedPart(fitted), fitMs: performance.now() - started, warnings };
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    const { code, message, faults } = error;
    throw new ChurnError(code, `candidate ${candidate}: ${message}`, { cause: error, faults });
  }
}
