import { z } from 'zod';
import { EXPECTED_DURATION, secondsOf } from './duration.js';

/** A duration in a configuration, as seconds. */
export const seconds = z.string(`expected ${EXPECTED_DURATION}`).transform((text, context) => {
  const given = secondsOf(text);
  if (given === undefined) {
    context.addIssue(`expected ${EXPECTED_DURATION}, got ${JSON.stringify(text)}`);
  }
  return given ?? 0;
});
