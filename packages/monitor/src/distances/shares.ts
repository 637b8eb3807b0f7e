import { requireParameter } from '@churn/core';
import { sum } from '../sum.js';

/** What each count is of all. */
export function sharesOf(counts: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(counts);
  const total = sum(shares);
  return shares.map((count) => count / total);
}

/**
 * Refuses what is not two samples counted in the same cells.
 * @throws `invalid-parameter` unless both have as many counts, from 0, and some above 0.
 */
export function requireCounts(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  const isLong = current.length === reference.length;
  requireParameter(isLong, 'current', `${reference.length} counts, as the reference has`, current.length);
  for (const [name, counts] of Object.entries({ reference, current })) {
    let total = 0;
    for (let cell = 0; cell < counts.length; cell++) {
      const isCount = Number.isFinite(counts[cell]) && counts[cell] >= 0;
      requireParameter(isCount, `${name}[${cell}]`, 'a number of at least 0', counts[cell]);
      total += counts[cell];
    }
    requireParameter(total > 0, name, 'counts above 0', 'none');
  }
}

/**
 * Refuses what is not two samples of numbers.
 * @throws `invalid-parameter` unless both have finite numbers.
 */
export function requireSamples(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  for (const [name, values] of Object.entries({ reference, current })) {
    requireParameter(values.length > 0, name, 'one number or more', 'none');
    for (let i = 0; i < values.length; i++) {
      requireParameter(Number.isFinite(values[i]), `${name}[${i}]`, 'a finite number', values[i]);
    }
  }
}

/** The numbers in ascending order. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}
