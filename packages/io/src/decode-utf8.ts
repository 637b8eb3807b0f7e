import { ChurnError } from '@churn/core';

const LINE_FEED = 10;

/**
 * The text in `bytes`, without a byte order mark.
 *
 * @param source what the bytes are, for the message.
 * @throws `invalid-file` where the bytes are not UTF-8, naming the first line that is not.
 */
export function decodeUtf8(bytes: Uint8Array, source: string): string {
  const text = decode(bytes);
  if (text !== undefined) return text;
  throw new ChurnError(
    'invalid-file',
    `${source}, line ${firstBadLine(bytes)}: not UTF-8 text; save the file with the encoding UTF-8`,
  );
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (decode(bytes.subarray(start, end)) === undefined) break;
    start = end;
  }
  return line;
}
