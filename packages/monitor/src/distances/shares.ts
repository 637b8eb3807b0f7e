import { requireParameter } from '@churn/core';
import { sum } from '../sum.js';

/** Each count as a share of the total. */
export function sharesOf(counts: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(counts);
  const total = sum(shares);
  return shares.map((count) => count / total);
}

/**
 * Requires two samples counted in the same cells.
 * @throws `invalid-parameter` unless both have the same number of non-negative counts, and some above 0.
 */
export function requireCounts(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  const isLong = current.length === reference.length;
  requireParameter(isLong, 'current', `${reference.length} counts, as in the reference`, current.length);
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
 * Requires two samples of numbers.
 * @throws `invalid-parameter` unless both are non-empty and finite.
 */
export function requireSamples(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  for (const [name, values] of Object.entries({ reference, current })) {
    requireParameter(values.length > 0, name, 'at least one number', 'none');
    for (let i = 0; i < values.length; i++) {
      requireParameter(Number.isFinite(values[i]), `${name}[${i}]`, 'a finite number', values[i]);
    }
  }
}

/** The numbers in ascending order. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}
