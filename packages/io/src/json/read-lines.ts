import { ChurnError } from '@churn/core';
import { Utf8Decoder } from '../text/utf8-decoder.js';

/** A line, counted from 1, without its end; only how long it is where that is too long. */
export type Line = { readonly line: number } & ({ readonly text: string } | { readonly length: number });

/** The characters of the longest line that is read; of longer ones, only where they end is found. */
const LONGEST = 2 ** 24;
/** What has no end by then, as `/dev/zero`, is not a file of lines. */
const ENDLESS = 2 ** 28;

/**
 * The lines of UTF-8 text that are not blank, as `Utf8Decoder` decodes them. They end with LF or CRLF: JSON may have any other line end
 * inside.
 *
 * @throws `invalid-file` where a line does not end.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  source: string,
): AsyncGenerator<readonly Line[]> {
  const decoder = new Utf8Decoder();
  let line = 1;
  let rest = '';
  let dropped = 0;
  const take = (piece: string, isLast: boolean): Line[] => {
    const lines: Line[] = [];
    const texts = piece.split('\n');
    const open = isLast ? undefined : texts.pop();
    for (const each of texts) {
      const text = rest === '' ? each : rest + each;
      const length = dropped + text.length;
      if (length > LONGEST) lines.push({ line, length });
      else if (text.trim() !== '') lines.push({ line, text: text.endsWith('\r') ? text.slice(0, -1) : text });
      line++;
      rest = '';
      dropped = 0;
    }
    rest += open ?? '';
    if (rest.length > LONGEST || dropped > 0) {
      dropped += rest.length;
      rest = '';
    }
    if (dropped > ENDLESS) {
      throw new ChurnError(
        'invalid-file',
        `${source}, line ${line}: a line of more than ${ENDLESS} characters`,
      );
    }
    return lines;
  };
  for await (const bytes of chunks) yield take(decoder.decode(bytes), false);
  yield take(decoder.end(), true);
}
