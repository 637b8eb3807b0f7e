const MASK = 0xffffffffffffffffn;
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const MULTIPLIER = 0x9ddfea08eb382d69n;

/**
 * The hash that identifies a categorical level in CatBoost: the low 32 bits of CityHash64 version 1.0 (Pike and Alakuijala, 2011) of its
 * UTF-8 bytes, as a signed integer.
 */
export function cityHash(level: string): number {
  return Number(BigInt.asIntN(32, cityHash64(new TextEncoder().encode(level))));
}

function cityHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { length } = bytes;
  if (length <= 16) return ofUpTo16(view, length);
  if (length <= 32) return ofUpTo32(view, length);
  if (length <= 64) return ofUpTo64(view, length);
  let x = at64(view, 0);
  let y = at64(view, length - 16) ^ K1;
  let z = at64(view, length - 56) ^ K0;
  let v = weak(view, length - 64, BigInt(length), y);
  let w = weak(view, length - 32, wrap(BigInt(length) * K1), K0);
  z = wrap(z + shifted(v[1]) * K1);
  x = wrap(rotated(wrap(z + x), 39n) * K1);
  y = wrap(rotated(y, 33n) * K1);
  for (let from = 0, left = (length - 1) & ~63; left !== 0; from += 64, left -= 64) {
    x = wrap(rotated(wrap(x + y + v[0] + at64(view, from + 16)), 37n) * K1);
    y = wrap(rotated(wrap(y + v[1] + at64(view, from + 48)), 42n) * K1);
    x ^= w[1];
    y ^= v[0];
    z = rotated(z ^ w[0], 33n);
    v = weak(view, from, wrap(v[1] * K1), wrap(x + w[0]));
    w = weak(view, from + 32, wrap(z + w[1]), y);
    [z, x] = [x, z];
  }
  return ofTwo(wrap(ofTwo(v[0], w[0]) + shifted(y) * K1 + z), wrap(ofTwo(v[1], w[1]) + x));
}

function ofUpTo16(view: DataView, length: number): bigint {
  if (length > 8) {
    const [a, b] = [at64(view, 0), at64(view, length - 8)];
    return ofTwo(a, rotated(wrap(b + BigInt(length)), BigInt(length))) ^ b;
  }
  if (length >= 4) {
    const a = BigInt(view.getUint32(0, true));
    return ofTwo(BigInt(length) + (a << 3n), BigInt(view.getUint32(length - 4, true)));
  }
  if (length === 0) return K2;
  const y = BigInt(view.getUint8(0) + (view.getUint8(length >> 1) << 8));
  const z = BigInt(length + (view.getUint8(length - 1) << 2));
  return wrap(shifted(wrap((y * K2) ^ (z * K3))) * K2);
}

function ofUpTo32(view: DataView, length: number): bigint {
  const a = wrap(at64(view, 0) * K1);
  const b = at64(view, 8);
  const c = wrap(at64(view, length - 8) * K2);
  const d = wrap(at64(view, length - 16) * K0);
  return ofTwo(
    wrap(rotated(wrap(a - b), 43n) + rotated(c, 30n) + d),
    wrap(a + rotated(b ^ K3, 20n) - c + BigInt(length)),
  );
}

function ofUpTo64(view: DataView, length: number): bigint {
  let z = at64(view, 24);
  let a = wrap(at64(view, 0) + (BigInt(length) + at64(view, length - 16)) * K0);
  let b = rotated(wrap(a + z), 52n);
  let c = rotated(a, 37n);
  a = wrap(a + at64(view, 8));
  c = wrap(c + rotated(a, 7n));
  a = wrap(a + at64(view, 16));
  const first = [wrap(a + z), wrap(b + rotated(a, 31n) + c)];
  a = wrap(at64(view, 16) + at64(view, length - 32));
  z = at64(view, length - 8);
  b = rotated(wrap(a + z), 52n);
  c = rotated(a, 37n);
  a = wrap(a + at64(view, length - 24));
  c = wrap(c + rotated(a, 7n));
  a = wrap(a + at64(view, length - 16));
  const last = [wrap(a + z), wrap(b + rotated(a, 31n) + c)];
  const mixed = shifted(wrap((first[0] + last[1]) * K2 + (last[0] + first[1]) * K0));
  return wrap(shifted(wrap(mixed * K0 + first[1])) * K2);
}

/** A fast and weak 16-byte hash of 32 bytes. */
function weak(view: DataView, from: number, seedA: bigint, seedB: bigint): [bigint, bigint] {
  const [w, x, y, z] = [0, 8, 16, 24].map((offset) => at64(view, from + offset));
  let a = wrap(seedA + w);
  const b = rotated(wrap(seedB + a + z), 21n);
  const c = a;
  a = wrap(a + x + y);
  return [wrap(a + z), wrap(b + rotated(a, 44n) + c)];
}

function ofTwo(first: bigint, second: bigint): bigint {
  const a = wrap((first ^ second) * MULTIPLIER);
  const b = wrap((second ^ (a ^ (a >> 47n))) * MULTIPLIER);
  return wrap((b ^ (b >> 47n)) * MULTIPLIER);
}

function at64(view: DataView, offset: number): bigint {
  return view.getBigUint64(offset, true);
}

function shifted(value: bigint): bigint {
  return value ^ (value >> 47n);
}

function rotated(value: bigint, by: bigint): bigint {
  return by === 0n ? value : wrap((value >> by) | (value << (64n - by)));
}

function wrap(value: bigint): bigint {
  return value & MASK;
}
