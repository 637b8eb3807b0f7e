/** How many resamples tell an interval: the more rows, the fewer are needed, and the longer each takes. */
export function resamples(rows: number): number {
  return Math.min(1000, Math.max(100, Math.round(5e6 / rows)));
}
