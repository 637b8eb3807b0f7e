import type { Random } from '@churn/core';

/** Applies one to four mutations to a file, such as damage or an attacker would cause. */
export function mutate(seed: Uint8Array, random: Random, tokens: readonly string[]): Uint8Array {
  let bytes = Buffer.from(seed);
  const times = 1 + random.int(4);
  for (let i = 0; i < times; i++) bytes = mutateOnce(bytes, random, tokens);
  return bytes;
}

const EDGES = [0x00, 0x01, 0x0a, 0x0d, 0x22, 0x2c, 0x5c, 0x7f, 0x80, 0xc3, 0xed, 0xef, 0xf4, 0xff];

function mutateOnce(
  bytes: Buffer<ArrayBuffer>,
  random: Random,
  tokens: readonly string[],
): Buffer<ArrayBuffer> {
  const at = random.int(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + random.int(16));
  const copy = Buffer.from(bytes);
  switch (random.int(8)) {
    case 0:
      if (at < copy.length) copy[at] ^= 1 << random.int(8);
      return copy;
    case 1:
      if (at < copy.length) copy[at] = EDGES[random.int(EDGES.length)];
      return copy;
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 4:
      return copy.subarray(0, at);
    case 5: {
      const from = random.int(bytes.length + 1);
      const part = bytes.subarray(from, from + random.int(64));
      return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
    }
    case 6:
      return copy.fill(random.int(256), at, to);
    default: {
      const token = Buffer.from(tokens[random.int(tokens.length)] ?? '');
      return Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at)]);
    }
  }
}
