/** The indices of the four sums of a node or bin: the weight and the weighted outcomes of control rows and of treated rows. */
export const CONTROL = 0;
export const OF_CONTROL = 1;
export const TREATED = 2;
export const OF_TREATED = 3;
/** The number of sums per node or bin. */
export const N_SUMS = 4;

/** The rows that trees grow on. */
export interface ArmRows {
  /** The bin of each row, one array per feature. */
  readonly codes: readonly Uint8Array[];
  readonly outcomes: Float64Array;
  readonly treated: Uint8Array;
  readonly weights: Float64Array;
}

/** Adds the rows from `start` to `end` of a list to the sums of their bins; without codes, to one group of sums. */
export function addRows(
  { outcomes, treated, weights }: Omit<ArmRows, 'codes'>,
  rows: Int32Array,
  start: number,
  end: number,
  sums: Float64Array,
  codes?: Uint8Array,
): void {
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const at = (codes ? N_SUMS * codes[row] : 0) + 2 * treated[row];
    const weight = weights[row];
    sums[at] += weight;
    sums[at + 1] += weight * outcomes[row];
  }
}

/** The mean outcome of the treated rows minus that of the control rows. */
export function effectOf(sums: Float64Array): number {
  return sums[OF_TREATED] / sums[TREATED] - sums[OF_CONTROL] / sums[CONTROL];
}
