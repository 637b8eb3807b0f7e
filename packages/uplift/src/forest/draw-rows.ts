import type { Random } from '@churn/core';

/** The rows of a tree. */
export interface DrawnRows {
  /** Those that splits are found by. */
  readonly rows: Int32Array;
  /** Those that the effects of leaves are told by. */
  readonly estimates: Int32Array;
}

/**
 * Draws rows of each arm without replacement; half of those of an honest tree tell effects, of others all do both.
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

/** So many of the rows, in a random order (Fisher and Yates). */
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

/** Rows in the order of the table, in which their values are found sooner. */
function joined(lists: readonly Int32Array[]): Int32Array {
  const rows = new Int32Array(lists.reduce((length, list) => length + list.length, 0));
  let at = 0;
  for (const list of lists) {
    rows.set(list, at);
    at += list.length;
  }
  return rows.sort();
}
