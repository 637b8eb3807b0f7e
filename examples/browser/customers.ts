import { Labels, Random, Table } from '@churn/core';

/** Customers made up of a seed, and which of them left: those of few contacts, of the basic plan, and some by chance. */
export function customers(seed: string, count: number): { x: Table; left: Labels } {
  const random = new Random(seed);
  const plans = ['basic', 'plus', 'family'];
  const rows = Array.from({ length: count }, () => ({
    age: random.uniform() < 0.1 ? null : Math.round(45 + 12 * random.normal()),
    contacts: random.int(20),
    plan: plans[random.int(plans.length)],
  }));
  const left = rows.map(({ contacts, plan }) => {
    const logOdds = 1 - 0.25 * contacts + (plan === 'basic' ? 1.5 : 0);
    return random.uniform() < 1 / (1 + Math.exp(-logOdds));
  });
  return { x: Table.fromRows(rows), left: Labels.from(left) };
}
