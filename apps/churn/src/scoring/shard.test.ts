import { ofShard, parseShard } from './shard';

it.each([
  ['3/16', { place: 3, count: 16 }],
  ['0/1', { place: 0, count: 1 }],
  ['1/1', { place: 1, count: 1 }],
  ['0/16', { place: 0, count: 16 }],
  ['16/16', { place: 16, count: 16 }],
  ...['17/16', '3', '/16', '3/', '-1/2', '1.5/2', ' 1/2', '1/0', '1/2/3', '1/9999999999'].map(
    (text): [string, undefined] => [text, undefined],
  ),
])('%s is %j', (text, expected) => {
  expect(parseShard(text)).toEqual(expected);
});

it.each([0, 1])('shards counted from %d cover each piece once', (first) => {
  const pieces = [0, 1, 2, 3, 4];
  const shards = [0, 1, 2].map((i) => ofShard(pieces, { place: first + i, count: 3 }));
  expect(shards.flat().sort()).toEqual(pieces);
});

it.each([1, 2, 3, 7, 40])(
  '%d shards cover each piece once, with sizes that differ by at most one',
  (count) => {
    const pieces = Array.from({ length: 23 }, (_, i) => i);
    const shards = Array.from({ length: count }, (_, i) => ofShard(pieces, { place: i, count }));
    expect(shards.flat().sort((a, b) => a - b)).toEqual(pieces);
    const sizes = shards.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  },
);
