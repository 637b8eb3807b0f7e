import { sum } from './sum.js';

/** Two samples counted in the same cells. */
export interface JoinedCells {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Into how many groups the cells of numbers are joined. */
const DECILES = 10;
/** A chi-square distribution needs as many rows to be expected of each sample in each cell (W. G. Cochran, 1954). */
const LEAST_EXPECTED = 5;
/** By so many of its standard deviations chance hardly ever moves the frequency of a level. */
const DEVIATIONS = 4;

/** Cells of numbers, joined into ten groups that have as many rows of the reference each as far as its values allow. */
export function joinDeciles(reference: ArrayLike<number>, current: ArrayLike<number>): JoinedCells {
  const rows = sum(reference);
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
 * Levels, those joined that are rare in both samples together; if fewer than five rows are then expected of them in the smaller sample,
 * the rarest other level joins them. What has no level of the reference belongs to them. Rare is a level of which less than five rows are
 * expected in the smaller sample, or, where the reference left levels out, so few in the reference that chance may have left it out, too:
 * by its frequencies alone, those of the levels next to the cut would seem to have fallen.
 *
 * @param rest how many rows of each sample have a level that the reference does not keep.
 */
export function joinRare(
  reference: readonly number[],
  current: ArrayLike<number>,
  rest: { readonly reference: number; readonly current: number },
): JoinedCells {
  const before = sum(reference) + rest.reference;
  const now = sum(current) + rest.current;
  const cut = rest.reference > 0 && reference.length > 0 ? Math.min(...reference) : 0;
  const safe = cut + DEVIATIONS * Math.sqrt(cut);
  const expectedOf = (rows: number, { reference, current }: typeof rest) =>
    ((reference + current) * rows) / (before + now);
  const isTooFew = (each: typeof rest) => expectedOf(Math.min(before, now), each) < LEAST_EXPECTED;
  const isRare = (each: typeof rest) => isTooFew(each) || expectedOf(before, each) < safe;
  const levels = reference.map((count, code) => ({ reference: count, current: current[code] }));
  levels.sort((a, b) => b.reference + b.current - a.reference - a.current);
  const joined = { ...rest };
  const hasRows = () => joined.reference + joined.current > 0;
  while (levels.length > 0 && (isRare(levels[levels.length - 1]) || (hasRows() && isTooFew(joined)))) {
    const { reference, current } = levels[levels.length - 1];
    joined.reference += reference;
    joined.current += current;
    levels.pop();
  }
  if (hasRows()) levels.push(joined);
  return {
    reference: levels.map((each) => each.reference),
    current: levels.map((each) => each.current),
  };
}
