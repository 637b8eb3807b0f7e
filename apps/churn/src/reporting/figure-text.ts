import { fourDigits } from '@churn/eda';

/** Formats a metric with some decimals, or with four significant digits if it is large, such as errors in the unit of a target. */
export function figureText(value: number, digits = 3): string {
  return Math.abs(value) < 10 ? value.toFixed(digits) : fourDigits(value);
}
