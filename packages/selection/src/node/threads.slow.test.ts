import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const searched = (options: object) => ran('search.mjs', options);
const fitted = (options: object) => ran('fit.mjs', options);

/** Runs a program of test/threads, which uses the built package: threads cannot import TypeScript. */
function ran(program: string, options: object) {
  const script = join(__dirname, '../../test/threads', program);
  const { stdout, signal } = spawnSync(process.execPath, [script, JSON.stringify(options)], {
    encoding: 'utf8',
    timeout: 540_000,
  });
  return signal ? { signal } : JSON.parse(stdout);
}

describe('threadExecutor', () => {
  it('returns the same table with any number of threads as without', () => {
    const inline = searched({});
    expect(inline.table).toHaveLength(5);
    for (const workers of [1, 2, 4]) expect(searched({ workers })).toEqual(inline);
  });

  it('returns the same candidates for an adaptive search', () => {
    const inline = searched({ bayes: true });
    expect(inline.table.length + inline.unfinished.length).toBe(20);
    expect(searched({ bayes: true, workers: 3 })).toEqual(inline);
  });

  it('names candidate and fold if a fit fails in a thread', () => {
    const { code, message } = searched({ workers: 2, text: true });
    expect(code).toBe('column-kind');
    expect(message).toMatch(/^candidates? [\d, ]+, fold \d: /);
  });

  it('names a function that the module does not export', () => {
    expect(searched({ workers: 2, exportName: 'missing' }).message).toMatch(/exports no function "missing"/);
  });

  it('stops work in progress if ended, and leaves no thread behind', () => {
    const { table, unfinished } = searched({ workers: 2, endless: true, endAfter: 5 });
    expect(table).toEqual(searched({}).table);
    expect(unfinished).toEqual([{ index: 5, params: { endless: true }, reason: 'ended' }]);
  });

  it('leaves no thread behind if aborted: the process ends by itself', () => {
    expect(searched({ workers: 2, abortAfter: 2 }).message).toBe('aborted by the user');
  });
});

describe('fitCandidates', () => {
  it('returns models byte-identical to fit in this thread, with any number of threads, and their warnings', () => {
    for (const workers of [0, 3]) {
      const { files, alone, isTimed, warned } = fitted({ workers });
      expect(files).toHaveLength(4);
      expect(files).toEqual(alone);
      expect(isTimed).toBe(true);
      expect(warned).toEqual([{ index: 2, message: expect.stringMatching(/stopped after 1 of/) }]);
    }
  });

  it('starts with the candidates expected to take longest', () => {
    expect(fitted({ workers: 1 }).begun).toEqual([3, 1, 0, 2]);
  });

  it('names a missing class, and a candidate that cannot be fitted', () => {
    expect(fitted({ workers: 2, classes: false }).message).toMatch(
      /^the model needs the class \w+, which is not allowed; allowed are StandardScaler, Pipeline$/,
    );
    const { code, message } = fitted({ workers: 2, text: true });
    expect(code).toBe('column-kind');
    expect(message).toMatch(/^candidate \d: /);
  });

  it('leaves no thread behind if aborted', () => {
    expect(fitted({ workers: 2, abort: true }).message).toBe('aborted by the user');
  });
});

describe('folderCache', () => {
  it('resumes a killed search without repeating finished folds, with the same table', () => {
    const folder = mkdtempSync(join(tmpdir(), 'search-'));
    try {
      const whole = searched({});
      expect(searched({ folder, dieAfter: 4 })).toEqual({ signal: 'SIGKILL' });
      const finished = readdirSync(folder).filter((file) => file.endsWith('.json'));
      expect(finished.length).toBeGreaterThan(0);
      const resumed = searched({ folder, workers: 2 });
      expect(resumed.fresh).toBe(25 - finished.length);
      expect(resumed.table).toEqual(whole.table);
      writeFileSync(join(folder, finished[0]), '{"probabilities"');
      expect(searched({ folder })).toMatchObject({ table: whole.table, fresh: 1 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
