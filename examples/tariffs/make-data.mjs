/**
 * Makes `tariffs.csv`: households of an invented energy supplier, and the tariff that each chose. The rules are plain, so that a
 * model can be held against them: electric cars and heat pumps go with `night`, roofs of one's own with `solar` (the more so since
 * panels became cheap in 2021), and everyone else stays with `standard`.
 */
import { writeFileSync } from 'node:fs';
import { Random } from '@churn/core';

const random = new Random(7);
const pick = (values) => values[random.int(values.length)];
const maybe = (value, share) => (random.uniform() < share ? '' : value);

const rows = Array.from({ length: 1500 }, (_, i) => {
  const signed = new Date(Date.UTC(2018, 0, 1 + random.int(6 * 365)));
  const dwelling = pick(['flat', 'flat', 'terrace', 'house']);
  const residents = 1 + random.int(5);
  const area = Math.max(
    18,
    Math.round(35 + 22 * residents + (dwelling === 'house' ? 45 : 0) + 15 * random.normal()),
  );
  const heating = pick(['gas', 'gas', 'oil', 'heat pump', 'electric']);
  const hasCar = random.uniform() < 0.25;
  const usage = Math.max(
    400,
    Math.round(900 * residents + 8 * area + (hasCar ? 2200 : 0) + 500 * random.normal()),
  );
  const night = (hasCar ? 2.2 : 0) + (heating === 'heat pump' ? 1.8 : 0) + (heating === 'electric' ? 1 : 0);
  const solar = (dwelling === 'flat' ? -2 : 1.2) + (signed.getUTCFullYear() >= 2021 ? 1.4 : 0) + area / 150;
  const noise = () => -Math.log(-Math.log(random.uniform()));
  const scores = { standard: 1.6 + noise(), night: night + noise(), solar: solar + noise() };
  const tariff = Object.entries(scores).sort(([, a], [, b]) => b - a)[0][0];
  return [
    `H${String(10_000 + i)}`,
    maybe(signed.toISOString().slice(0, 10), 0.03),
    dwelling,
    residents,
    maybe(area, 0.08),
    maybe(heating, 0.06),
    hasCar ? 'yes' : 'no',
    maybe(usage, 0.05),
    tariff,
  ].join(',');
});

const header = 'household,signed,dwelling,residents,floor_area_m2,heating,electric_car,usage_kwh,tariff';
writeFileSync(new URL('tariffs.csv', import.meta.url), `${[header, ...rows].join('\n')}\n`);
