import { fourDigits } from '@churn/eda';

/** A figure of a model with some digits behind the point, or four in all of a large one, as errors in the unit of a target may be. */
export function figureText(value: number, digits = 3): string {
  return Math.abs(value) < 10 ? value.toFixed(digits) : fourDigits(value);
}
