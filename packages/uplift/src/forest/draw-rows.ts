import type { Random } from '@churn/core';

/** The rows of a tree. */
export interface DrawnRows {
  /** Those that splits are found by. */
  readonly rows: Int32Array;
  /** Those that the effects of leaves are told by. */
  readonly estimates: Int32Array;
}

/**
 * Draws rows of each arm without replacement; of an honest tree every other one tells effects, of others all do both. Rows without weight are not drawn.
 *
 * @param treated whether each row was treated.
 */
export function drawRows(
  treated: Uint8Array,
  weights: Float64Array,
  { maxSamples, honest }: { readonly maxSamples: number; readonly honest: boolean },
  random: Random,
): DrawnRows {
  const rows: number[] = [];
  const estimates: number[] = [];
  for (const arm of [0, 1]) {
    const ofArm = Int32Array.from(treated.keys()).filter((row) => treated[row] === arm && weights[row] > 0);
    const nDrawn = Math.max(honest ? 2 : 1, Math.round(maxSamples * ofArm.length));
    // What is drawn of all rows is all of them, in their order.
    const drawn = honest || maxSamples < 1 ? random.shuffle(ofArm).subarray(0, nDrawn) : ofArm;
    const middle = honest ? drawn.length >> 1 : drawn.length;
    for (let i = 0; i < drawn.length; i++) {
      if (i < middle) rows.push(drawn[i]);
      if (!honest || i >= middle) estimates.push(drawn[i]);
    }
  }
  return { rows: Int32Array.from(rows).sort(), estimates: Int32Array.from(estimates).sort() };
}
