import { ChurnError } from '@churn/core';

const LINE_FEED = 10;
/** Files that are often mistaken for text, by their first bytes. */
const FORMATS = [
  { name: 'a Parquet file', start: [0x50, 0x41, 0x52, 0x31] },
  { name: 'a file compressed with gzip', start: [0x1f, 0x8b] },
  { name: 'a ZIP archive or a spreadsheet', start: [0x50, 0x4b, 0x03, 0x04] },
];

/**
 * Decodes UTF-8, without a byte order mark.
 *
 * @param source the name of the bytes for the message.
 * @param remedy what to do if they are not UTF-8, for the message.
 * @throws `invalid-file` if the bytes are not UTF-8, naming the first line that is not.
 */
export function decodeUtf8(bytes: Uint8Array, source: string, remedy = 'save the file as UTF-8'): string {
  const text = decode(bytes);
  if (text !== undefined) return text;
  const other = FORMATS.find(({ start }) => start.every((byte, i) => bytes[i] === byte));
  if (other)
    throw new ChurnError('invalid-file', `${source}: this is ${other.name}, expected text such as CSV`);
  throw new ChurnError('invalid-file', `${source}, line ${firstBadLine(bytes)}: not UTF-8 text; ${remedy}`);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first line, counted from 1, that is not UTF-8. */
export function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (decode(bytes.subarray(start, end)) === undefined) break;
    start = end;
  }
  return line;
}
