import { Labels, type Target, TargetValues } from '@churn/core';
import { type BootstrapInterval, type BootstrapOptions, bootstrapInterval } from '@churn/selection';

/** How many resamples tell an interval, at most `most`: the more rows, the fewer are needed, and the longer each takes. */
export function resamples(rows: number, most = 1000): number {
  return Math.min(most, Math.max(100, Math.round(5e6 / rows)));
}

/**
 * The interval of a figure by resamples of rows.
 * @param figure is called with what became of the drawn rows, and their places.
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
      // Each resample has as many events.
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
