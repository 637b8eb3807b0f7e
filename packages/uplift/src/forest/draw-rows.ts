import type { Random } from '@churn/core';

/** The rows of a tree. */
export interface DrawnRows {
  /** The rows that determine the splits. */
  readonly rows: Int32Array;
  /** The rows from which the effects of leaves are estimated. */
  readonly estimates: Int32Array;
}

/**
 * Draws rows of each arm without replacement. In an honest tree, one half determines the splits and the other half the effects; otherwise all
 * rows do both.
 *
 * @param arms the rows of each arm.
 */
export function drawRows(
  arms: readonly Int32Array[],
  { maxSamples, honest }: { readonly maxSamples: number; readonly honest: boolean },
  random: Random,
): DrawnRows {
  const drawn = arms.map((arm) => {
    const nDrawn = Math.min(arm.length, Math.max(honest ? 2 : 1, Math.round(maxSamples * arm.length)));
    return sampleOf(arm, nDrawn, random);
  });
  if (!honest) {
    const rows = joined(drawn);
    return { rows, estimates: rows.slice() };
  }
  return {
    rows: joined(drawn.map((each) => each.subarray(0, each.length >> 1))),
    estimates: joined(drawn.map((each) => each.subarray(each.length >> 1))),
  };
}

/** A random sample of the rows, in random order (Fisher and Yates). */
function sampleOf(rows: Int32Array, nDrawn: number, random: Random): Int32Array {
  const drawn = rows.slice();
  for (let i = 0; i < nDrawn; i++) {
    const j = i + random.int(rows.length - i);
    const held = drawn[i];
    drawn[i] = drawn[j];
    drawn[j] = held;
  }
  return drawn.subarray(0, nDrawn);
}

/** The rows of several lists in table order, which makes memory access faster. */
function joined(lists: readonly Int32Array[]): Int32Array {
  const rows = new Int32Array(lists.reduce((length, list) => length + list.length, 0));
  let at = 0;
  for (const list of lists) {
    rows.set(list, at);
    at += list.length;
  }
  return rows.sort();
}
