/** Numbers in ascending order, to be read as `shift + scale * value`. */
export interface ShiftedValues {
  readonly values: Float64Array;
  readonly shift: number;
  /** Above 0. */
  readonly scale: number;
}

/** The `rank`-th smallest, from 1, of all numbers of several lists, without merging them. */
export function unionRank(lists: readonly ShiftedValues[], rank: number): number {
  const low = lists.map(() => 0);
  const high = lists.map(({ values }) => values.length);
  for (;;) {
    let widest = 0;
    for (let j = 1; j < lists.length; j++) if (high[j] - low[j] > high[widest] - low[widest]) widest = j;
    const middle = (low[widest] + high[widest]) >> 1;
    const pivot = at(lists[widest], middle);
    const below = lists.map((list) => countWhere(list, (value) => value < pivot));
    const upTo = lists.map((list) => countWhere(list, (value) => value <= pivot));
    if (sum(below) >= rank) for (const [j, count] of below.entries()) high[j] = Math.min(high[j], count);
    else if (sum(upTo) < rank) for (const [j, count] of upTo.entries()) low[j] = Math.max(low[j], count);
    else return pivot;
  }
}

function at({ values, shift, scale }: ShiftedValues, i: number): number {
  return shift + scale * values[i];
}

/** How many numbers from the start a condition holds of that holds of no later one. */
function countWhere(list: ShiftedValues, holds: (value: number) => boolean): number {
  let low = 0;
  let high = list.values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(at(list, middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
