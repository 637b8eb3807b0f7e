/**
 * Makes `subscriptions.csv`: the subscriptions of an invented software service, as its billing exports them on one day. One that has ended
 * has its last day; of the others it is not known yet how long they will last: they are censored on the day of the export. The rules are
 * plain, so that a model can be held against them: most end at a renewal, the more likely the fewer renewals came before, and some on any
 * day, where a payment fails.
 */
import { writeFileSync } from 'node:fs';
import { exp, log, Random } from '@churn/core';

const random = new Random(26);
const pick = (values) => values[random.int(values.length)];
const maybe = (value, share) => (random.uniform() < share ? '' : value);
const DAY = 86_400_000;
const EXPORTED = Date.UTC(2026, 5, 30);
const dateText = (time) => new Date(time).toISOString().slice(0, 10);

const PLANS = { starter: 0.5, team: 0, business: -0.6 };
const CHANNELS = { search: 0, referral: -0.5, campaign: 0.6, sales: -0.3 };
const COUNTRIES = Array.from({ length: 30 }, (_, i) => ({
  name: `country ${10 + i}`,
  effect: 0.3 * random.normal(),
}));

/** The days until a subscription ends. */
function lifetime(period, risk) {
  let renewals = 0;
  for (;;) {
    const failure = Math.ceil((-log(1 - random.uniform()) * 2500) / exp(risk));
    if (failure < period) return { days: renewals * period + failure, renewals };
    const level = (period === 30 ? -2.6 : -1.1) - 0.12 * renewals * (period / 30);
    if (random.uniform() < 1 / (1 + exp(-(level + risk)))) return { days: (renewals + 1) * period, renewals };
    renewals++;
  }
}

const rows = Array.from({ length: 3000 }, (_, i) => {
  const plan = pick(['starter', 'starter', 'starter', 'team', 'team', 'business']);
  const billing = random.uniform() < (plan === 'starter' ? 0.2 : 0.45) ? 'yearly' : 'monthly';
  const channel = pick(Object.keys(CHANNELS));
  const country = pick(COUNTRIES);
  const seats = plan === 'starter' ? 1 + random.int(3) : 3 + random.int(plan === 'team' ? 20 : 80);
  const trial = random.uniform() < 0.4 ? 'yes' : 'no';
  const discount = channel === 'campaign' ? pick([0, 20, 50]) : 0;
  const risk =
    PLANS[plan] +
    CHANNELS[channel] +
    country.effect +
    (trial === 'yes' ? -0.4 : 0) +
    0.012 * discount -
    0.15 * log(seats);
  const started = EXPORTED - DAY * (1 + random.int(1200));
  const known = Math.round((EXPORTED - started) / DAY);
  const period = billing === 'monthly' ? 30 : 365;
  const { days, renewals } = lifetime(period, risk);
  const ended = days <= known;
  return [
    `S${String(20_000 + i)}`,
    dateText(started),
    ended ? dateText(started + DAY * days) : '',
    ended ? days : known,
    ended ? 'yes' : 'no',
    ended ? renewals : Math.floor(known / period),
    plan,
    billing,
    seats,
    channel,
    trial,
    discount,
    maybe(country.name, 0.03),
  ].join(',');
});

const header =
  'subscription,started,last_day,days,ended,renewals,plan,billing,seats,channel,trial,discount,country';
writeFileSync(new URL('subscriptions.csv', import.meta.url), `${[header, ...rows].join('\n')}\n`);
