import { ChurnError } from '@churn/core';
import { decodeUtf8 } from './decode-utf8.js';
import { quoted } from './quoted.js';

/** What to do about a text that is not UTF-8, where the reader can be told its encoding. */
export const OTHER_ENCODING =
  'save the file with the encoding UTF-8, or name its own by the option encoding, such as windows-1252';

/** The encodings that a byte order mark tells. */
const MARKS = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
];
const LONGEST_MARK = 3;

/** Decodes text piece by piece, and throws at a byte that belongs to no character. */
interface PieceDecoder {
  decode(bytes: Uint8Array): string;
  end(): string;
}

/**
 * Makes UTF-8 of text piece by piece: of UTF-8 or UTF-16 by its byte order mark, else of the encoding that is named. The mark is ignored.
 * (The Encoding Standard of the WHATWG has it so in `decode`.) Bytes of UTF-8 stay what they are, also those that belong to no character.
 */
export class Utf8Transcoder {
  #encoding: string;
  /** The first bytes, until they can hold a mark. */
  #head: number[] = [];
  #isBegun = false;
  /** Of what is UTF-8 none. */
  #decoder: PieceDecoder | undefined;

  /**
   * @param encoding by a name that `TextDecoder` knows; default UTF-8. A byte order mark takes precedence.
   * @throws `invalid-parameter` if there is no such encoding.
   */
  constructor(encoding = 'utf-8') {
    this.#encoding = encodingName(encoding);
  }

  /** As the Encoding Standard names it; known for certain once the first bytes are transcoded. */
  get encoding(): string {
    return this.#encoding;
  }

  /** @throws at a byte of another encoding than UTF-8 that belongs to no character. */
  *transcode(bytes: Uint8Array): Generator<Uint8Array> {
    if (this.#isBegun) {
      yield this.#piece(bytes);
      return;
    }
    const lacking = LONGEST_MARK - this.#head.length;
    this.#head.push(...bytes.subarray(0, lacking));
    if (bytes.length < lacking) return;
    yield this.#begin();
    yield this.#piece(bytes.subarray(lacking));
  }

  /** What is left, after the last piece. */
  *end(): Generator<Uint8Array> {
    if (!this.#isBegun) yield this.#begin();
    if (this.#decoder) yield new TextEncoder().encode(this.#decoder.end());
  }

  #begin(): Uint8Array {
    this.#isBegun = true;
    const head = Uint8Array.from(this.#head);
    const marked = markOf(head);
    this.#encoding = marked?.encoding ?? this.#encoding;
    if (this.#encoding !== 'utf-8') this.#decoder = strictDecoder(this.#encoding);
    return this.#piece(marked && !this.#decoder ? head.subarray(marked.mark.length) : head);
  }

  #piece(bytes: Uint8Array): Uint8Array {
    return this.#decoder ? new TextEncoder().encode(this.#decoder.decode(bytes)) : bytes;
  }
}

/**
 * The whole text in `bytes`, as `Utf8Transcoder` reads it.
 *
 * @param source what the bytes are, for messages.
 * @throws `invalid-file` if they are not of that encoding; `invalid-parameter` if there is no such encoding.
 */
export function decodeText(bytes: Uint8Array, source: string, encoding = 'utf-8'): string {
  const actual = markOf(bytes)?.encoding ?? encodingName(encoding);
  if (actual === 'utf-8') return decodeUtf8(bytes, source, OTHER_ENCODING);
  const decoder = strictDecoder(actual);
  try {
    // In pieces, though it is one: at once, some versions of Node take windows-1252 for ISO 8859-1.
    return decoder.decode(bytes) + decoder.end();
  } catch (error) {
    throw new ChurnError('invalid-file', `${source}: ${notOfEncoding(actual)}`, { cause: error });
  }
}

/** What is wrong with bytes that are not of an encoding. */
export function notOfEncoding(encoding: string): string {
  return encoding === 'utf-8'
    ? `not UTF-8 text; ${OTHER_ENCODING}`
    : `not text of the encoding ${encoding}; name another by the option encoding`;
}

/** The encoding that a text tells by its first bytes; `undefined` if it has no byte order mark. */
function markOf(head: Uint8Array): (typeof MARKS)[number] | undefined {
  return MARKS.find(({ mark }) => mark.every((byte, i) => head[i] === byte));
}

function encodingName(encoding: string): string {
  try {
    return new TextDecoder(encoding).encoding;
  } catch (error) {
    throw new ChurnError(
      'invalid-parameter',
      `encoding: expected the name of an encoding, such as utf-8, windows-1252 or utf-16le, got ${quoted(encoding)}`,
      { cause: error },
    );
  }
}

/** Throws at the first byte that belongs to no character. */
function strictDecoder(encoding: string): PieceDecoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return {
    decode: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}
