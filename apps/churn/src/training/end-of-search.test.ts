import type { TimeLimit } from '../runs/time-limit';
import type { Logger } from '../terminal/logger';
import { endOfSearch } from './end-of-search';

const logger = { info() {} } as unknown as Logger;
/** A minute, of which the search may take 36 s, and all fits 54 s. */
function limit(): TimeLimit {
  const started = Date.now();
  const left = (ms: number) => Math.max(0, ms - (Date.now() - started));
  return { seconds: 60, searchMs: () => left(36_000), fitMs: () => left(54_000) };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('ends when the time is over, less what the fits after it will take', () => {
  const end = endOfSearch(limit(), undefined, logger);
  end.found();
  end.reserve(10_000);
  jest.advanceTimersByTime(43_000);
  expect(end.signal.aborted).toBe(false);
  jest.advanceTimersByTime(2000);
  expect(end.signal.aborted).toBe(true);
});

it('waits for a model if there is none when the time is over', () => {
  const end = endOfSearch(limit(), undefined, logger);
  jest.advanceTimersByTime(40_000);
  // The baseline.
  end.reserve(1000);
  jest.advanceTimersByTime(40_000);
  expect(end.signal.aborted).toBe(false);
  end.found();
  expect(end.signal.aborted).toBe(true);
  expect(end.reason()).toBe('time');
});

it('ends at once when interrupted', () => {
  let interrupt = () => {};
  const interruption = {
    instead(action: () => void) {
      interrupt = action;
      return () => {};
    },
  };
  const end = endOfSearch(limit(), interruption as never, logger);
  interrupt();
  expect(end.signal.aborted).toBe(true);
  expect(end.reason()).toBe('interruption');
});
