import { Durations } from './durations.js';

const durations = [3, 1, 4];
const events = [1, 0, true] as const;

it('holds durations, events and entries, and takes rows of them', () => {
  const y = Durations.from({ durations, events, entry: [0, 0.5, 2] });
  expect(y.kind).toBe('durations');
  expect(y.length).toBe(3);
  expect(y.events).toEqual(Uint8Array.of(1, 0, 1));
  const taken = y.take([2, 1]);
  expect(taken.values).toEqual(Float64Array.of(4, 1));
  expect(taken.events).toEqual(Uint8Array.of(1, 0));
  expect(taken.entry).toEqual(Float64Array.of(2, 0.5));
  expect(Durations.from(y)).toBe(y);
  expect(Durations.from({ durations, events }).entry).toBeUndefined();
});

it('accepts rows without an event, as in a fold', () => {
  expect(Durations.from({ durations, events }).take([1]).events).toEqual(Uint8Array.of(0));
});

it.each<[string, unknown, string]>([
  ['nothing', undefined, 'expected durations: { durations, events }'],
  ['a plain list', [1, 2], 'expected durations: { durations, events }'],
  [
    'a negative duration',
    { durations: [3, -1, 4], events },
    'row 1: expected a finite duration of at least 0, got -1',
  ],
  [
    'an infinite duration',
    { durations: [3, 1, Infinity], events },
    'row 2: expected a finite duration of at least 0, got Infinity',
  ],
  [
    'a missing duration',
    { durations: [3, NaN, 4], events },
    'row 1: expected a finite duration of at least 0, got NaN',
  ],
  ['text', { durations: ['3', 1, 4], events }, 'row 0: expected a finite duration of at least 0, got "3"'],
  ['an event of 2', { durations, events: [1, 2, 0] }, 'row 1: expected an event of 0 or 1, got 2'],
  ['an event as text', { durations, events: ['1', 0, 0] }, 'row 0: expected an event of 0 or 1, got "1"'],
  ['a missing event', { durations, events: [1, null, 0] }, 'row 1: expected an event of 0 or 1, got null'],
  [
    'an entry at the end',
    { durations, events, entry: [0, 1, 0] },
    'row 1: expected an entry below its duration, 1, got 1',
  ],
  [
    'a negative entry',
    { durations, events, entry: [-1, 0, 0] },
    'row 0: expected a finite entry of at least 0, got -1',
  ],
  ['too few events', { durations, events: [1] }, 'expected 3 events, one per duration, got 1'],
  ['too few entries', { durations, events, entry: [0] }, 'expected 3 entry times, one per duration, got 1'],
  ['no event', { durations, events: [0, 0, 0] }, 'expected at least one row with an event, got none among 3'],
])('rejects %s', (_, given, message) => {
  expect(() => Durations.from(given as never)).toThrow(
    expect.objectContaining({ code: 'invalid-target', message: expect.stringContaining(message) }),
  );
});
