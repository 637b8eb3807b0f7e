import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { onRequestHookHandler } from 'fastify';
import { Problem } from './problem.js';

/** Tells whether a request has the key: once in the header `x-api-key`, or as a bearer token. */
export function keyCheck(apiKey: string): (request: IncomingMessage) => boolean {
  const expected = digest(apiKey);
  return (request) => {
    const given = givenKeys(request);
    // Digests are equally long, whatever came: the time that they take to compare tells nothing of the key.
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

/** All that came: Node would join two headers of a name, or keep the first. */
function givenKeys({
  headersDistinct: { 'x-api-key': keys, authorization = [] },
}: IncomingMessage): string[] {
  return keys ?? authorization.map((value) => /^Bearer +(.+)$/i.exec(value)?.[1] ?? '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
