/** Two samples counted in the same cells. */
export interface JoinedCells {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Into how many groups the cells of numbers are joined. */
const DECILES = 10;
/** A chi-square distribution needs as many rows to be expected of each sample in each cell (W. G. Cochran, 1954). */
const LEAST_EXPECTED = 5;

/** Cells of numbers, joined into ten groups that have as many rows of the reference each as far as its values allow. */
export function joinDeciles(reference: ArrayLike<number>, current: ArrayLike<number>): JoinedCells {
  const rows = Array.from(reference).reduce((sum, count) => sum + count, 0);
  const joined = { reference: [0], current: [0] };
  let before = 0;
  for (let cell = 0; cell < reference.length; cell++) {
    const group = joined.reference.length - 1;
    // What is above all the reference belongs to the last group.
    if (before >= ((group + 1) * rows) / DECILES && before < rows && joined.reference[group] > 0) {
      joined.reference.push(0);
      joined.current.push(0);
    }
    const last = joined.reference.length - 1;
    joined.reference[last] += reference[cell];
    joined.current[last] += current[cell];
    before += reference[cell];
  }
  return joined;
}

/**
 * Levels, those joined of which less than five rows are expected in the smaller sample; where they still are less than that together, the
 * rarest other level joins them.
 *
 * @param rest what is of no level of the reference belongs to them as well: whether a level was ever seen is chance as long as it is rare.
 */
export function joinRare(
  reference: readonly number[],
  current: ArrayLike<number>,
  rest: { readonly reference: number; readonly current: number },
): JoinedCells {
  const sum = (counts: ArrayLike<number>) => Array.from(counts).reduce((total, count) => total + count, 0);
  const before = sum(reference) + rest.reference;
  const now = sum(current) + rest.current;
  const expected = (total: number) => (total * Math.min(before, now)) / (before + now);
  const levels = reference.map((count, code) => ({ reference: count, current: current[code] }));
  levels.sort((a, b) => b.reference + b.current - a.reference - a.current);
  const joined = { ...rest };
  const isTooFew = (each: typeof joined) => expected(each.reference + each.current) < LEAST_EXPECTED;
  const last = () => levels[levels.length - 1];
  while (
    levels.length > 0 &&
    (isTooFew(last()) || (isTooFew(joined) && joined.reference + joined.current > 0))
  ) {
    const { reference, current } = last();
    joined.reference += reference;
    joined.current += current;
    levels.pop();
  }
  if (joined.reference + joined.current > 0) levels.push(joined);
  return {
    reference: levels.map((each) => each.reference),
    current: levels.map((each) => each.current),
  };
}
