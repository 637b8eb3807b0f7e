import { Labels, type Target, TargetValues } from '@churn/core';
import { type BootstrapInterval, type BootstrapOptions, bootstrapInterval } from '@churn/selection';

/** The number of resamples for an interval, at most `most`: with more rows, fewer are needed, and each takes longer. */
export function resamples(rows: number, most = 1000): number {
  return Math.min(most, Math.max(100, Math.round(5e6 / rows)));
}

/**
 * The bootstrap interval of a metric.
 * @param figure called with the outcomes and the indices of the drawn rows.
 */
export function resampledInterval(
  y: Target,
  figure: (drawn: Target, rows: ArrayLike<number>) => number,
  options: BootstrapOptions,
): BootstrapInterval {
  const places = Float64Array.from({ length: y.length }, (_, row) => row);
  if (y.kind === 'classes') {
    return bootstrapInterval(
      (drawn: Labels, rows: ArrayLike<number>) => figure(drawn, rows),
      y,
      places,
      options,
    );
  }
  if (y.kind === 'durations') {
    return bootstrapInterval(
      (_, rows: ArrayLike<number>) => figure(y.take(rows), rows),
      // Stratified, so that each resample has the same number of events.
      Labels.from(y.events, [0, 1]),
      places,
      { ...options, stratified: true },
    );
  }
  return bootstrapInterval(
    (drawn, rows) => figure(TargetValues.from(drawn), rows as ArrayLike<number>),
    y,
    places,
    options,
  );
}
