/**
 * Decodes UTF-8 in pieces without loss: an invalid byte becomes a lone surrogate, U+DC80 to U+DCFF, which UTF-8 cannot contain (Python's
 * `surrogateescape`). A byte order mark at the beginning is ignored.
 */
export class Utf8Decoder {
  #pending: Uint8Array = new Uint8Array();
  #isFirst = true;
  #foundInvalid = false;

  /** Whether any byte so far was invalid. */
  get foundInvalid(): boolean {
    return this.#foundInvalid;
  }

  /** @param bytes the next bytes; an incomplete character at their end is kept for the next call. */
  decode(bytes: Uint8Array): string {
    const all = joined(this.#pending, bytes);
    const end = all.length - cutLength(all);
    // A copy, since the caller may overwrite the bytes.
    this.#pending = all.slice(end);
    return this.#withoutMark(this.#decodeWhole(all.subarray(0, end)));
  }

  /** The rest, after the last piece. */
  end(): string {
    const rest = this.#pending;
    this.#pending = new Uint8Array();
    return this.#withoutMark(this.#decodeWhole(rest));
  }

  #decodeWhole(bytes: Uint8Array): string {
    try {
      return strict.decode(bytes);
    } catch {
      this.#foundInvalid = true;
      return escaped(bytes);
    }
  }

  #withoutMark(text: string): string {
    if (!this.#isFirst || text === '') return text;
    this.#isFirst = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes bytes as `Utf8Decoder` does, but keeps a byte order mark. */
export function decodeLossless(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return escaped(bytes);
  }
}

/** Whether a text of `Utf8Decoder` contains invalid bytes. */
export function hasInvalidBytes(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** Why a row with invalid bytes, shown by `showInvalidBytes`, is rejected. */
export const INVALID_BYTES =
  'not UTF-8 text (perhaps windows-1252); invalid bytes are shown as \\x and their value';

/** A text of `Utf8Decoder` with invalid bytes shown as `\xE9`. */
export function showInvalidBytes(text: string): string {
  return text.replace(/\p{Surrogate}/gu, (byte) => {
    const code = byte.charCodeAt(0) - 0xdc00;
    return `\\x${code.toString(16).toUpperCase()}`;
  });
}

function escaped(bytes: Uint8Array): string {
  let text = '';
  let start = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = characterLength(bytes, i);
    if (length === 0) {
      text += strict.decode(bytes.subarray(start, i)) + String.fromCharCode(0xdc00 + bytes[i]);
      start = i + 1;
    }
    i += length || 1;
  }
  return text + strict.decode(bytes.subarray(start));
}

/** The number of bytes of the character at `i`; 0 if it is invalid (Unicode Standard, table 3-7). */
function characterLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i];
  if (lead < 0x80) return 1;
  const length = neededLength(lead);
  if (lead < 0xc2 || lead > 0xf4 || i + length > bytes.length) return 0;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (bytes[i + 1] < least || bytes[i + 1] > most) return 0;
  for (let k = 2; k < length; k++) if (!isContinuation(bytes[i + k])) return 0;
  return length;
}

/** The number of bytes at the end that belong to an incomplete character. */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (!isContinuation(byte)) return byte >= 0xc0 && neededLength(byte) > back ? back : 0;
  }
  return 0;
}

function neededLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
