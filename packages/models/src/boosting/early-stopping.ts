import { Random } from '@churn/core';

/** Where fewer rows than these would be held out, several sets of them take turns: single ones tell too little. */
const ENOUGH_HELD_OUT = 1000;

export interface ValidationSettings {
  readonly validationFraction: number;
  readonly refit: boolean;
  readonly seed: number;
}

/** Rows of which each set held out has the same share: those of each class, or all. */
export interface Strata {
  /** The number of the stratum of each row. */
  readonly codes: Int32Array;
  readonly nStrata: number;
}

/**
 * The sets of rows whose loss says how many rounds are best: of each stratum the same share, drawn at random; of rows without weight
 * none. There is one set where that has enough rows or if the model is the one that did not see them, and otherwise there are several
 * without a row in common. A stratum never loses all of its rows.
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

/** What is boosted while some rows are held out, whose loss is watched. */
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
  // A model without any tree would know the shares of the classes alone, and have nothing to explain.
  return Math.max(best, 1);
}
