import { ChurnError, type FitOptions } from '@churn/core';

/**
 * Rejects sample weights for a library that does not support them.
 * @throws `invalid-parameter`, naming `sampleWeight`.
 */
export function refuseWeights({ sampleWeight }: FitOptions, library: string): void {
  if (sampleWeight === undefined) return;
  throw new ChurnError(
    'invalid-parameter',
    `sampleWeight: expected none, since ${library} does not support weights, got ${sampleWeight.length}`,
  );
}
