import { cityHash } from './city-hash';

/** The level of each length, and the hash that CatBoost 1.2.10 has for it in a file. */
const KNOWN: [string, number][] = [
  ['x', -784473192],
  ['ab', -204718274],
  ['other', 1296376507],
  ['a'.repeat(20), -1271010391],
  ['b'.repeat(40), -882292614],
];

it.each(KNOWN)('of %s equals the hash of CatBoost', (level, hash) => {
  expect(cityHash(level)).toBe(hash);
});
