import { sum } from './sum.js';

/** Two samples counted in the same cells. */
export interface JoinedCells {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** The number of groups into which cells of numbers are joined. */
const DECILES = 10;
/** The minimum expected number of rows per sample and cell for a chi-square distribution (W. G. Cochran, 1954). */
const MIN_EXPECTED = 5;
/** The number of standard deviations that a level's frequency hardly ever deviates by chance. */
const DEVIATIONS = 4;

/** Joins cells of numbers into ten groups with equally many rows of the reference, as far as its values allow. */
export function joinDeciles(reference: ArrayLike<number>, current: ArrayLike<number>): JoinedCells {
  const rows = sum(reference);
  const joined = { reference: [0], current: [0] };
  let before = 0;
  for (let cell = 0; cell < reference.length; cell++) {
    const group = joined.reference.length - 1;
    // Values above all of the reference belong to the last group.
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
 * Joins rare levels, and rows whose level the reference does not keep, into one group; if fewer than five of its rows are expected in the smaller
 * sample, the rarest other level is added. A level is rare if fewer than five rows are expected in the smaller sample, or, if the reference
 * dropped levels, so few in the reference that the level might have been dropped by chance; otherwise the levels just kept would appear to
 * decrease by regression to the mean.
 *
 * @param rest the number of rows of each sample with a level that the reference does not keep.
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
  const isTooFew = (each: typeof rest) => expectedOf(Math.min(before, now), each) < MIN_EXPECTED;
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
