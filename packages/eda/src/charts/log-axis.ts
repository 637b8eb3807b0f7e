import { log10, pow } from '@churn/core';

/** With fewer powers of ten between its ends, an axis gets their doubles and halves too. */
const MIN_POWERS = 3;

/** The ticks of a logarithmic axis: powers of ten, and on a short one 2 and 5 times these too. */
export function logAxis([from, to]: readonly number[]) {
  const first = Math.floor(log10(from));
  const powers = Array.from({ length: Math.ceil(log10(to)) - first + 1 }, (_, i) => pow(10, first + i));
  const isWithin = (value: number) => value >= from && value <= to;
  const whole = powers.filter(isWithin);
  const values =
    whole.length >= MIN_POWERS
      ? whole
      : powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(isWithin);
  return { values, format: ',.1~r', labelOverlap: 'greedy' as const };
}
