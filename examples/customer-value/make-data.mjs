/**
 * Makes `customer-value.csv`: customers of an invented mobile operator, and what each spent in the twelve months after the columns were known.
 * The rules are plain, so that a model can be held against them: the tariff and how much is used set the level, spending halves for those
 * about to leave, and a skewed factor of its own is left that no column tells.
 */
import { writeFileSync } from 'node:fs';
import { exp, Random } from '@churn/core';

const random = new Random(11);
const pick = (values) => values[random.int(values.length)];
const maybe = (value, share) => (random.uniform() < share ? '' : value);

const PRICES = { prepaid: 8, basic: 15, plus: 25, premium: 45 };
const REGIONS = Array.from({ length: 60 }, (_, i) => ({
  name: `R${10 + i}`,
  level: 0.8 + 0.4 * random.uniform(),
}));

const rows = Array.from({ length: 2500 }, (_, i) => {
  const tariff = pick(['prepaid', 'prepaid', 'basic', 'basic', 'basic', 'plus', 'plus', 'premium']);
  const months = random.int(96);
  const data = Math.max(0, 6 + (tariff === 'premium' ? 14 : 0) + 5 * random.normal());
  const roaming = random.uniform() < 0.3 ? Math.round(exp(1.5 + random.normal())) : 0;
  const complaints = random.uniform() < 0.2 ? 1 + random.int(3) : 0;
  const region = pick(REGIONS);
  const isLeaving = random.uniform() < 0.08 + 0.12 * complaints;
  const monthly = PRICES[tariff] + 0.6 * data + 1.1 * roaming;
  const spent = 12 * monthly * region.level * (isLeaving ? 0.5 : 1) * exp(0.15 * random.normal());
  return [
    `C${String(10_000 + i)}`,
    tariff,
    months,
    maybe(data.toFixed(1), 0.05),
    roaming,
    complaints,
    maybe(region.name, 0.03),
    spent.toFixed(2),
  ].join(',');
});

const header = 'customer,tariff,months,data_gb,roaming_days,complaints,region,spent_next_year';
writeFileSync(new URL('customer-value.csv', import.meta.url), `${[header, ...rows].join('\n')}\n`);
