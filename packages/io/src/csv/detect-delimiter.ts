import { ChurnError } from '@churn/core';
import { quoted } from '../text/quoted.js';
import { Utf8Transcoder } from '../text/text-decoder.js';
import { decodeLossless } from '../text/utf8-decoder.js';
import { separatorLine } from './separator-line.js';

/** The possible delimiters; on a tie the first wins. */
const DELIMITERS = [',', ';', '\t', '|'];
/** The number of characters or bytes examined: a header is hardly longer. */
const HEADER_LENGTH = 2 ** 16;

/**
 * Detects the delimiter of a CSV text: the one named by a first line such as `sep=;`; otherwise, among comma, semicolon, tab and bar, the one that
 * is most frequent in its header outside quotes; a comma if there is none.
 *
 * ```ts
 * detectDelimiter('name;"age, in years"\nAda;36\n'); // ';'
 * ```
 *
 * @param input text, or bytes in UTF-8, or in UTF-16 with a byte order mark.
 * @param columns expected column names: the delimiter that yields most of them is chosen.
 */
export function detectDelimiter(input: string | Uint8Array, columns: readonly string[] = []): string {
  const text = typeof input === 'string' ? input : beginningOf(input);
  const { line, delimiter } = separatorLine(text, '');
  if (line !== '') return delimiter;
  const usual = mostFrequent(headerOutsideQuotes(text));
  return columns.length > 0 ? mostFitting(headerOf(text), new Set(columns), usual) : usual;
}

/**
 * @param text the beginning of a CSV text, starting with its header.
 * @throws `invalid-file` if the header contains another delimiter, but not `delimiter`.
 */
export function refuseOtherDelimiter(text: string, delimiter: string, where: string): void {
  const header = headerOutsideQuotes(text);
  if (header.includes(delimiter)) return;
  const other = mostFrequent(header);
  if (!header.includes(other)) return;
  throw new ChurnError(
    'invalid-file',
    `${where}: expected fields separated by ${quoted(delimiter)}, but the header ${quoted(headerOf(text))} has ${quoted(other)}; set the option delimiter`,
  );
}

function beginningOf(bytes: Uint8Array): string {
  const pieces = new Utf8Transcoder().transcode(bytes.subarray(0, HEADER_LENGTH));
  return Array.from(pieces, decodeLossless).join('');
}

function mostFrequent(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

/** @param usual the choice if no other fits better. */
function mostFitting(header: string, columns: ReadonlySet<string>, usual: string): string {
  const fitting = (delimiter: string) =>
    header.split(delimiter).filter((name) =>
      columns.has(
        name
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .trim(),
      ),
    ).length;
  return DELIMITERS.reduce((best, each) => (fitting(each) > fitting(best) ? each : best), usual);
}

function headerOutsideQuotes(text: string): string {
  return headerOf(text.slice(0, HEADER_LENGTH).replaceAll(/"(?:[^"]|"")*"/g, ''));
}

function headerOf(text: string): string {
  return text
    .slice(0, HEADER_LENGTH)
    .replace(/^[\r\n]+/, '')
    .split(/[\r\n]/, 1)[0];
}
