import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For tests: a new empty folder, removed after the test. Returns the path of `parts` in it. */
export function useTempFolder(): (...parts: string[]) => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'churn-io-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return (...parts) => join(folder, ...parts);
}
