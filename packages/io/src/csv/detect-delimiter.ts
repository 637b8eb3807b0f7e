import { ChurnError } from '@churn/core';
import { quoted } from '../text/quoted.js';
import { Utf8Transcoder } from '../text/text-decoder.js';
import { decodeLossless } from '../text/utf8-decoder.js';
import { separatorLine } from './separator-line.js';

/** What is looked for; the first of those that stand equally often. */
const DELIMITERS = [',', ';', '\t', '|'];
/** How much is looked at: a header is hardly longer. */
const HEADER_LENGTH = 2 ** 16;

/**
 * What seems to stand between the fields of a CSV text: what a first line such as `sep=;` says; else of comma, semicolon, tab and bar the
 * one that its header has most of outside quotes; the comma if it has none.
 *
 * ```ts
 * detectDelimiter('name;"age, in years"\nAda;36\n'); // ';'
 * ```
 *
 * @param input text, or bytes of UTF-8, or of UTF-16 with a byte order mark.
 * @param columns names that the header is known to have: the delimiter is the one by which it has most of them.
 */
export function detectDelimiter(input: string | Uint8Array, columns: readonly string[] = []): string {
  const text = typeof input === 'string' ? input : beginningOf(input);
  const { line, delimiter } = separatorLine(text, '');
  if (line !== '') return delimiter;
  const usual = mostFrequent(headerOutsideQuotes(text));
  return columns.length > 0 ? mostFitting(headerOf(text), new Set(columns), usual) : usual;
}

/**
 * @param text the beginning of a CSV text, from its header on.
 * @throws `invalid-file` if the header has no `delimiter`, but another one.
 */
export function refuseOtherDelimiter(text: string, delimiter: string, where: string): void {
  const header = headerOutsideQuotes(text);
  if (header.includes(delimiter)) return;
  const other = mostFrequent(header);
  if (!header.includes(other)) return;
  throw new ChurnError(
    'invalid-file',
    `${where}: expected ${quoted(delimiter)} between the fields, but the header ${quoted(headerOf(text))} has ${quoted(other)}; name it by the option delimiter`,
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

/** @param usual the first choice where others fit no better. */
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
