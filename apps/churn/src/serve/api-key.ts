import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { onRequestHookHandler } from 'fastify';
import { Problem } from './problem.js';

/** Returns a function that checks whether a request has the key: once in the header `x-api-key`, or as a bearer token. */
export function keyCheck(apiKey: string): (request: IncomingMessage) => boolean {
  const expected = digest(apiKey);
  return (request) => {
    const given = givenKeys(request);
    // Digests have equal lengths, so the time of the comparison reveals nothing about the key.
    return given.length === 1 && given[0] !== '' && timingSafeEqual(digest(given[0]), expected);
  };
}

/** A hook for routes that need the key. */
export function requireKey(hasKey: ReturnType<typeof keyCheck>): onRequestHookHandler {
  return ({ raw }, _, done) => {
    done(
      hasKey(raw)
        ? undefined
        : new Problem(401, 'Not authorised', 'expected the API key, once, in the header x-api-key'),
    );
  };
}

/** All keys of a request; Node would join repeated headers, or keep the first. */
function givenKeys({
  headersDistinct: { 'x-api-key': keys, authorization = [] },
}: IncomingMessage): string[] {
  return keys ?? authorization.map((value) => /^Bearer +(.+)$/i.exec(value)?.[1] ?? '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
