import { join } from 'node:path';
import { fitsInThreads } from './fits-in-threads';
import { root } from './process';

const SECONDS = 1000;
const fits = (...args: string[]) =>
  fitsInThreads(process.execPath, [], join(root, 'checks/test/engines'), args);

describe('a process that fits in threads', () => {
  it.each([
    ['an ES module', []],
    ['CommonJS', ['--cjs']],
  ])(
    'starts each worker once, returns the same bytes, and ends by itself as %s',
    (_, args) => {
      const [alone, first, second] = fits(...args);
      expect([alone, first, second].map(({ nStarted }) => nStarted)).toEqual([0, 2, 0]);
      expect([first.hash, second.hash]).toEqual([alone.hash, alone.hash]);
    },
    60 * SECONDS,
  );

  it.each([
    ['an ES module', []],
    ['CommonJS', ['--cjs']],
  ])(
    'starts no workers from a worker thread as %s',
    (_, args) => {
      const [ofWorker] = fits('--in-worker', ...args);
      expect(ofWorker).toMatchObject({ nJobs: null, nStarted: 0 });
      expect(ofWorker.hash).toBe(fits(...args)[0].hash);
    },
    60 * SECONDS,
  );
});
