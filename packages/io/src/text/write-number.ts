const MINUS = 45;
const POINT = 46;
/** Decimals with up to this many digits are distinct doubles, so one that is read back exactly is the shortest. */
const DIGITS = 15;
/** Doubles with few digits are recognised by a quotient, which is faster than searching for the shortest digits. */
const POWERS = Float64Array.from({ length: DIGITS + 2 }, (_, zeros) => Number(`1e${zeros}`));
/** Smaller numbers have an exponent. */
const MIN_DECIMAL = 1e-6;
/** Digits are written four at a time, needed or not, which is faster than branching. */
const GROUP = 10_000;
/** The four digits of each group, the first in the lowest byte; and the same without leading zeros. */
const GROUPS = Uint32Array.from({ length: GROUP }, (_, group) => packed(String(group).padStart(4, '0')));
const HEADS = Uint32Array.from({ length: GROUP }, (_, group) => packed(String(group).padEnd(4, '0')));

function packed(digits: string): number {
  return Array.from(digits).reduce((bits, digit, i) => bits | (digit.charCodeAt(0) << (8 * i)), 0);
}

/** The maximum number of bytes written: the longest number, and up to three bytes after it. */
export const NUMBER_ROOM = 25 + 3;

/**
 * Writes the shortest text that is read back as the same number: that of `String`, and `-0`. May overwrite bytes after it, within `NUMBER_ROOM`.
 * @returns the end of the text.
 */
export function writeNumber(value: number, bytes: Uint8Array, start: number): number {
  let at = start;
  let size = value;
  if (value < 0 || (value === 0 && 1 / value < 0)) {
    bytes[at++] = MINUS;
    size = -value;
  }
  if (size === (size | 0)) return writeWhole(size | 0, bytes, at);
  if (size >= MIN_DECIMAL && size < 1e15) {
    const whole = Math.floor(size);
    let wholeDigits = 0;
    while (size >= POWERS[wholeDigits]) wholeDigits++;
    if (isDecimal(size, DIGITS - wholeDigits)) {
      let places = 0;
      while (!isDecimal(size, places)) places++;
      at = whole < 2 ** 31 ? writeWhole(whole, bytes, at) : writeLong(whole, bytes, at);
      if (places === 0) return at;
      bytes[at++] = POINT;
      return writePlaces(Math.round(size * POWERS[places]) - whole * POWERS[places], places, bytes, at);
    }
  }
  const text = String(size);
  for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
  return at;
}

/** Whether a number is the double nearest to a decimal with `places` places and at most `DIGITS` digits. */
function isDecimal(size: number, places: number): boolean {
  return Math.round(size * POWERS[places]) / POWERS[places] === size;
}

/** Writes an integer of up to 31 bits. */
function writeWhole(value: number, bytes: Uint8Array, at: number): number {
  if (value < GROUP) return writeHead(value, bytes, at);
  const high = (value / GROUP) | 0;
  const middle = writeWhole(high, bytes, at);
  writeGroup(value - high * GROUP, bytes, middle);
  return middle + 4;
}

/** Writes a larger integer below 2^53. */
function writeLong(value: number, bytes: Uint8Array, at: number): number {
  const high = Math.floor(value / 1e8);
  const low = value - high * 1e8;
  const middle = writeWhole(high, bytes, at);
  writeGroup((low / GROUP) | 0, bytes, middle);
  writeGroup((low % GROUP) | 0, bytes, middle + 4);
  return middle + 8;
}

/** Writes the digits after the point. */
function writePlaces(fraction: number, places: number, bytes: Uint8Array, at: number): number {
  if (places <= 4) {
    writeGroup((fraction * POWERS[4 - places]) | 0, bytes, at);
  } else {
    // Eight digits at a time, with trailing zeros.
    const high = places <= 8 ? fraction * POWERS[8 - places] : Math.floor(fraction / POWERS[places - 8]);
    writeGroup((high / GROUP) | 0, bytes, at);
    writeGroup((high % GROUP) | 0, bytes, at + 4);
    if (places > 8) writePlaces(fraction - high * POWERS[places - 8], places - 8, bytes, at + 8);
  }
  return at + places;
}

function writeHead(group: number, bytes: Uint8Array, at: number): number {
  write4(HEADS[group], bytes, at);
  return at + 1 + Number(group >= 10) + Number(group >= 100) + Number(group >= 1000);
}

function writeGroup(group: number, bytes: Uint8Array, at: number): void {
  write4(GROUPS[group], bytes, at);
}

function write4(digits: number, bytes: Uint8Array, at: number): void {
  bytes[at] = digits;
  bytes[at + 1] = digits >>> 8;
  bytes[at + 2] = digits >>> 16;
  bytes[at + 3] = digits >>> 24;
}
