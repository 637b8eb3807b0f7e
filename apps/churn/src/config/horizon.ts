import { z } from 'zod';

/** A number, optionally with a unit. */
const HORIZON = /^(\d+(?:\.\d+)?)\s*(\p{L}+)?$/u;

/** A time from now, in the unit of the durations. */
export interface Horizon {
  readonly time: number;
  /** The name of the unit, such as days; only displayed, never converted. */
  readonly unit?: string | undefined;
}

/** `90`, or `90 days`. */
export const horizon = z
  .union(
    [z.number(), z.string()],
    'expected a number above 0 such as 90, or one with its unit such as 90 days',
  )
  .transform((given, context): Horizon => {
    const [, digits, unit] = HORIZON.exec(String(given).trim()) ?? [];
    const time = Number(digits);
    if (time > 0 && Number.isFinite(time)) return { time, unit };
    context.addIssue(
      `expected a number above 0 such as 90, or one with its unit such as 90 days, got ${JSON.stringify(given)}`,
    );
    return z.NEVER;
  });
