import type { Random } from '@churn/core';

/** The least that anyone in the real file has left to spend. */
const LEAST_OPEN = 3;

/** The share of a low limit that is aimed at: it brings the mean utilisation near that of the real file. */
const USUAL_USE = 0.8;

/** How many possible partners to look at for one customer. */
const PARTNERS = 30;

/**
 * Lets no customer owe more than the credit limit allows, in place: one who would changes balances with another,
 * such that both fit. So the distribution of the balances stays as it is. Of some partners drawn at random the
 * one whose balance is nearest to the usual use of the limit is taken. Without a partner the balance is cut to that.
 */
export function keepWithinLimit(balances: Float64Array, limits: Float64Array, random: Random): void {
  const most = (row: number) => Math.floor(limits[row] - LEAST_OPEN);
  for (let row = 0; row < balances.length; row++) {
    if (balances[row] <= most(row)) continue;
    const usual = Math.round(USUAL_USE * limits[row]);
    const distance = (other: number) => Math.abs(balances[other] - usual);
    let partner = row;
    for (let i = 0; i < PARTNERS; i++) {
      const other = random.int(balances.length);
      const fits = balances[other] <= most(row) && balances[row] <= most(other);
      if (fits && (partner === row || distance(other) < distance(partner))) partner = other;
    }
    const balance = balances[row];
    balances[row] = partner === row ? usual : balances[partner];
    if (partner !== row) balances[partner] = balance;
  }
}
