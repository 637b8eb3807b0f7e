import { log10, pow, requireParameter } from '@churn/core';

/**
 * `count` numbers from `start` to `stop`, both included, in geometric progression, as `numpy.geomspace`.
 *
 * @throws `invalid-parameter` unless both ends are above 0 and `count` is an integer of at least 2.
 */
export function geomspace(start: number, stop: number, count: number): number[] {
  requireParameter(Number.isFinite(start) && start > 0, 'start', 'a number above 0', start);
  requireParameter(Number.isFinite(stop) && stop > 0, 'stop', 'a number above 0', stop);
  requireParameter(Number.isInteger(count) && count >= 2, 'count', 'an integer of at least 2', count);
  const from = log10(start);
  const step = (log10(stop) - from) / (count - 1);
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return start;
    return i === count - 1 ? stop : pow(10, from + i * step);
  });
}
