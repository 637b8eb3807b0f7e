import { ChurnError } from '@churn/core';
import { decodeUtf8 } from './decode-utf8.js';
import { quoted } from './quoted.js';

/** What to do about a text that is not UTF-8, if the reader has an option for its encoding. */
export const OTHER_ENCODING =
  'save the file as UTF-8, or set the option encoding to its encoding, such as windows-1252';

/** The encodings with a byte order mark. */
const MARKS = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
];
const MAX_MARK = 3;

/** Decodes text in pieces, and throws at an invalid byte. */
interface PieceDecoder {
  decode(bytes: Uint8Array): string;
  end(): string;
}

/**
 * Converts text to UTF-8 in pieces: from UTF-8 or UTF-16 according to its byte order mark, which is dropped, or otherwise from the given encoding (as
 * `decode` in the WHATWG Encoding Standard). Bytes of UTF-8 are unchanged, including invalid ones.
 */
export class Utf8Transcoder {
  #encoding: string;
  /** The first bytes, until a mark would be complete. */
  #head: number[] = [];
  #isBegun = false;
  /** `undefined` for UTF-8. */
  #decoder: PieceDecoder | undefined;

  /**
   * @param encoding as named by `TextDecoder`; default UTF-8. A byte order mark takes precedence.
   * @throws `invalid-parameter` if there is no such encoding.
   */
  constructor(encoding = 'utf-8') {
    this.#encoding = encodingName(encoding);
  }

  /** The encoding as named by the Encoding Standard; final once the first bytes are transcoded. */
  get encoding(): string {
    return this.#encoding;
  }

  /** @throws at an invalid byte, except in UTF-8. */
  *transcode(bytes: Uint8Array): Generator<Uint8Array> {
    if (this.#isBegun) {
      yield this.#piece(bytes);
      return;
    }
    const lacking = MAX_MARK - this.#head.length;
    this.#head.push(...bytes.subarray(0, lacking));
    if (bytes.length < lacking) return;
    yield this.#begin();
    yield this.#piece(bytes.subarray(lacking));
  }

  /** The rest, after the last piece. */
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
 * Decodes a whole text as `Utf8Transcoder` does.
 *
 * @param source the name of the bytes for messages.
 * @throws `invalid-file` if they are not in that encoding; `invalid-parameter` for an unknown encoding.
 */
export function decodeText(bytes: Uint8Array, source: string, encoding = 'utf-8'): string {
  const actual = markOf(bytes)?.encoding ?? encodingName(encoding);
  if (actual === 'utf-8') return decodeUtf8(bytes, source, OTHER_ENCODING);
  const decoder = strictDecoder(actual);
  try {
    // Streaming mode, since some versions of Node otherwise decode windows-1252 as ISO 8859-1.
    return decoder.decode(bytes) + decoder.end();
  } catch (error) {
    throw new ChurnError('invalid-file', `${source}: ${notOfEncoding(actual)}`, { cause: error });
  }
}

/** Describes bytes that are not in an encoding. */
export function notOfEncoding(encoding: string): string {
  return encoding === 'utf-8'
    ? `not UTF-8 text; ${OTHER_ENCODING}`
    : `not text in the encoding ${encoding}; set the option encoding to another`;
}

/** The encoding of a byte order mark; `undefined` without one. */
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

/** A decoder that throws at the first invalid byte. */
function strictDecoder(encoding: string): PieceDecoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return {
    decode: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}
