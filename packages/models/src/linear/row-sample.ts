/** One row in this many is sampled. */
export const SHARE = 8;
/** The number of consecutive rows in a run; fewer would take as long to read. */
const RUN = 32;

/** Samples about one row in `SHARE`, in short runs at equal distances. There must be at least one run. */
export function sampleRows(values: Float64Array): Float64Array {
  const runs = Math.ceil(values.length / (RUN * SHARE));
  const result = new Float64Array(runs * RUN);
  for (let run = 0; run < runs; run++) {
    const from = Math.min(run * RUN * SHARE, values.length - RUN);
    // Faster than copying subarrays this short.
    for (let i = 0; i < RUN; i++) result[run * RUN + i] = values[from + i];
  }
  return result;
}
