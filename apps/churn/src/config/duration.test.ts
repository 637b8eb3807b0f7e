import { durationText, secondsOf } from './duration';

it.each([
  ['90s', 90],
  ['5m', 300],
  ['1h', 3600],
  ['1.5m', 90],
  ['30d', 2_592_000],
])('reads and writes %s', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
  expect(secondsOf(durationText(seconds))).toBe(seconds);
});

it.each(['', '90', 's', '0s', '-5m', '5 m', '5min', '1e3s', '1h30m', `${'9'.repeat(400)}h`])(
  'rejects %j',
  (text) => {
    expect(secondsOf(text)).toBeUndefined();
  },
);
