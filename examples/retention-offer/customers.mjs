import { exp, Random } from '@churn/core';

const sigmoid = (x) => 1 / (1 + exp(-x));

/**
 * Customers of an invented streaming service, with what nobody knows elsewhere: the probability that each leaves without the offer, and with it.
 *
 * Who calls support often is likely to leave, offer or not. The offer wins those who use the service much and have little to complain of, and reminds those
 * who hardly use it that they pay for it.
 */
export function customers(seed, n) {
  const random = new Random('retention offer', seed);
  return Array.from({ length: n }, (_, i) => {
    const hours = Math.round(60 * random.uniform());
    const calls = Math.floor(7 * random.uniform() * random.uniform());
    const tenure = 1 + random.int(60);
    const plan = random.uniform() < 0.6 ? 'basic' : 'plus';
    const device = ['tv', 'phone', 'computer'][random.int(3)];
    const age = random.uniform() < 0.04 ? '' : 18 + random.int(60);
    const risk = -1.5 + 0.7 * calls - 0.02 * tenure + (plan === 'basic' ? 0.3 : -0.2);
    const effect = calls >= 3 ? 0 : hours >= 25 ? -1.3 : hours < 12 ? 0.7 : -0.1;
    const [without, withOffer] = [sigmoid(risk), sigmoid(risk + effect)];
    const offer = random.uniform() < 0.5 ? 'sent' : 'none';
    const left = random.uniform() < (offer === 'sent' ? withOffer : without) ? 'yes' : 'no';
    const row = [`C${10_000 + i}`, hours, calls, tenure, plan, device, age, offer, left].join(',');
    return { row, without, withOffer };
  });
}

export const HEADER = 'customer,hours,support_calls,tenure,plan,device,age,offer,left';
