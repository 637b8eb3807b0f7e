import { ChurnError, type FitOptions } from '@churn/core';

/**
 * Refuses sample weights on behalf of a library that has no place for them.
 * @throws `invalid-parameter`, naming `sampleWeight`.
 */
export function refuseWeights({ sampleWeight }: FitOptions, library: string): void {
  if (sampleWeight === undefined) return;
  throw new ChurnError(
    'invalid-parameter',
    `sampleWeight: expected none, for ${library} takes no weights, got ${sampleWeight.length}`,
  );
}
