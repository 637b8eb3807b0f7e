import { availableParallelism } from 'node:os';
import { maxThreads, setThreads } from './max-threads.js';

afterEach(() => setThreads(null));

describe('maxThreads', () => {
  it('is the number of cores by default', () => {
    expect(maxThreads()).toBe(availableParallelism());
    expect(maxThreads(7)).toBe(7);
    setThreads(3);
    expect([maxThreads(), maxThreads(null), maxThreads(5)]).toEqual([3, 3, 5]);
  });

  it.each([0, -1, 1.5, Number.NaN])('rejects %p', (n) => {
    expect(() => setThreads(n)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: `threads: expected an integer of at least 1 or null, got ${n}`,
      }),
    );
  });
});
