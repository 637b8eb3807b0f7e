/** A row in so many is taken for a sample. */
export const SHARE = 8;
/** Rows taken in a run: fewer would take as long to read. */
const RUN = 32;

/** About a row in `SHARE`: short runs at equal distances. There must be a run at least. */
export function sampleRows(values: Float64Array): Float64Array {
  const runs = Math.ceil(values.length / (RUN * SHARE));
  const result = new Float64Array(runs * RUN);
  for (let run = 0; run < runs; run++) {
    const from = Math.min(run * RUN * SHARE, values.length - RUN);
    result.set(values.subarray(from, from + RUN), run * RUN);
  }
  return result;
}
