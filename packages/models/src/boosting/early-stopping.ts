import { Random } from '@churn/core';

/** If fewer rows than these would be held out, several sets are held out in turn, since one set would be too noisy. */
const ENOUGH_HELD_OUT = 1000;

export interface ValidationSettings {
  readonly validationFraction: number;
  readonly refit: boolean;
  readonly seed: number;
}

/** Strata of rows; each held-out set has the same share of each. They are the classes, or all rows. */
export interface Strata {
  /** The number of the stratum of each row. */
  readonly codes: Int32Array;
  readonly nStrata: number;
}

/**
 * The sets of rows whose loss determines the number of rounds: the same share of each stratum, drawn at random, without rows of weight 0.
 * There is one set if it has enough rows or if the model is not refitted, and otherwise there are several disjoint ones. A stratum never
 * loses all of its rows.
 *
 * @returns no set if there are too few rows to hold any out.
 */
export function validationSets(
  { codes, nStrata }: Strata,
  weights: Float64Array,
  { validationFraction, refit, seed }: ValidationSettings,
): number[][] {
  const rowsOfStrata = Array.from({ length: nStrata }, (_, code) => {
    const rows = Array.from(codes.keys()).filter((row) => codes[row] === code && weights[row] > 0);
    return new Random(seed, 'held out', code).shuffle(rows);
  });
  const nRows = rowsOfStrata.reduce((sum, { length }) => sum + length, 0);
  const nWanted = refit ? Math.ceil(ENOUGH_HELD_OUT / (validationFraction * nRows)) : 1;
  const nSets = Math.max(1, Math.min(Math.floor(1 / validationFraction), nWanted));
  return Array.from({ length: nSets }, (_, set) =>
    rowsOfStrata.flatMap((rows) => {
      const from = Math.round(set * validationFraction * rows.length);
      const to = Math.round((set + 1) * validationFraction * rows.length);
      return rows.slice(from, Math.min(to, from + rows.length - 1));
    }),
  ).filter((rows) => rows.length > 0);
}

/** A boosting run with held-out rows, whose loss is monitored. */
export interface Watched {
  round(): unknown;
  heldOutLoss(): number;
}

/**
 * Goes on until the mean loss of all held-out rows has not fallen for `nIterNoChange` rounds, or there are `most`.
 *
 * @param tolerance the minimum decrease of the loss that counts.
 * @returns after how many rounds it was least.
 */
export function roundsOfLeastLoss(
  watched: readonly Watched[],
  most: number,
  { nIterNoChange, tolerance }: { readonly nIterNoChange: number; readonly tolerance: number },
): number {
  const meanLoss = () => watched.reduce((sum, each) => sum + each.heldOutLoss(), 0) / watched.length;
  let least = meanLoss();
  let best = 0;
  for (let round = 1; round <= most && round - best <= nIterNoChange; round++) {
    for (const each of watched) each.round();
    const loss = meanLoss();
    if (loss >= least - tolerance) continue;
    least = loss;
    best = round;
  }
  // A model without trees would only know the class shares and would have nothing to explain.
  return Math.max(best, 1);
}
