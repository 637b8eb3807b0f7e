import { ChurnError } from '@churn/core';
import { decodeUtf8 } from './decode-utf8.js';
import { quoted } from './quoted.js';
import { Utf8Decoder } from './utf8-decoder.js';

/** What to do about a text that is not UTF-8, where the reader can be told its encoding. */
export const OTHER_ENCODING =
  'save the file with the encoding UTF-8, or name its own by the option encoding, such as windows-1252';

export interface TextDecoderOptions {
  /** The encoding, by a name that `TextDecoder` knows; default UTF-8. A byte order mark takes precedence. */
  readonly encoding?: string;
  /** Of UTF-8, keep bytes that belong to no character as `Utf8Decoder` does, instead of throwing; default `false`. */
  readonly keepInvalid?: boolean;
}

/** The encodings that a byte order mark tells. */
const MARKS = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
];
const LONGEST_MARK = 3;

type PieceDecoder = Pick<Utf8Decoder, 'decode' | 'end' | 'foundInvalid'>;

/**
 * Decodes text piece by piece: UTF-8 or UTF-16 by its byte order mark, else the encoding that is named. The mark is passed over.
 * (The Encoding Standard of the WHATWG calls it `decode`.)
 */
export class MarkedTextDecoder {
  readonly #keepInvalid: boolean;
  #encoding: string;
  /** The first bytes, until they can hold a mark. */
  #head: number[] = [];
  #decoder: PieceDecoder | undefined;

  /** @throws `invalid-parameter` where there is no such encoding. */
  constructor({ encoding = 'utf-8', keepInvalid = false }: TextDecoderOptions = {}) {
    this.#encoding = encodingName(encoding);
    this.#keepInvalid = keepInvalid;
  }

  /** As the Encoding Standard names it; known for certain once the first bytes are decoded. */
  get encoding(): string {
    return this.#encoding;
  }

  /** Whether any byte so far belonged to no character, and was kept. */
  get foundInvalid(): boolean {
    return this.#decoder?.foundInvalid ?? false;
  }

  /** @throws at a byte that belongs to no character, unless it is kept. */
  decode(bytes: Uint8Array): string {
    if (this.#decoder) return this.#decoder.decode(bytes);
    const lacking = LONGEST_MARK - this.#head.length;
    this.#head.push(...bytes.subarray(0, lacking));
    if (bytes.length < lacking) return '';
    return this.#begin() + this.decode(bytes.subarray(lacking));
  }

  /** What is left, after the last piece. */
  end(): string {
    const begun = this.#decoder ? '' : this.#begin();
    return begun + (this.#decoder?.end() ?? '');
  }

  #begin(): string {
    const head = Uint8Array.from(this.#head);
    this.#encoding = markedEncoding(head) ?? this.#encoding;
    this.#decoder =
      this.#keepInvalid && this.#encoding === 'utf-8' ? new Utf8Decoder() : strictDecoder(this.#encoding);
    return this.#decoder.decode(head);
  }
}

/**
 * The whole text in `bytes`, as `MarkedTextDecoder` decodes it.
 *
 * @param source what the bytes are, for messages.
 * @throws `invalid-file` where they are not of that encoding; `invalid-parameter` where there is no such encoding.
 */
export function decodeText(bytes: Uint8Array, source: string, encoding = 'utf-8'): string {
  const actual = markedEncoding(bytes) ?? encodingName(encoding);
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

/** The encoding that a text tells by its first bytes; nothing where it has no byte order mark. */
function markedEncoding(head: Uint8Array): string | undefined {
  return MARKS.find(({ mark }) => mark.every((byte, i) => head[i] === byte))?.encoding;
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
    foundInvalid: false,
  };
}
