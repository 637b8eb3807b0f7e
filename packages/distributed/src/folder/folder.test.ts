import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Labels, Random, Table } from '@churn/core';
import type { Candidates, Executor, Piece } from '@churn/selection';
import { type Program, start } from '../testing/program';
import { claimsIn, makeClaim } from './claim';
import { folderExecutor } from './folder-executor';
import { ShareDone } from './share-done';

const BUILD = { version: '1.0.0', hash: 'a'.repeat(64) };
const DATA = {
  x: Table.fromMatrix([[1], [2], [3], [4]]),
  y: Labels.from(['a', 'b', 'a', 'b']),
  splits: [{ train: Int32Array.of(0, 1), test: Int32Array.of(2, 3) }],
};
const CANDIDATES: Candidates = {
  params: Array.from({ length: 12 }, (_, i) => ({ i })),
  build: () => {
    throw new Error('not built here');
  },
  forOrder: false,
  module: { url: 'file:///pipeline.js', exportName: 'pipeline', context: null },
};
const PIECES = CANDIDATES.params.map((_, i): Piece => ({ fold: 0, prefix: [], candidates: [i] }));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('folderExecutor', () => {
  /** An executor that runs nothing, and records the pieces that it was given. */
  function counting(concurrency = 1, ms = 5) {
    const ran: number[] = [];
    const executor: Executor = {
      concurrency,
      open: async () => ({
        async run({ candidates }) {
          ran.push(...candidates);
          await setTimeout(ms);
          return candidates.map((candidate) => ({
            candidate,
            predictions: [Float64Array.of(candidate, NaN)],
            fitMs: 1,
            scoreMs: 1,
          }));
        },
        fit: async () => ({ model: { class: 'None' } as never, fitMs: 1, warnings: [] }),
        close: async () => undefined,
      }),
    };
    return { ran, executor };
  }

  const shared = (executor: Executor, options: object = {}) =>
    folderExecutor({ folder, executor, build: BUILD, pollMs: 10, ...options });

  async function runAll(executor: Executor, pieces = PIECES) {
    const session = await executor.open(DATA, CANDIDATES);
    const all = await Promise.all(pieces.map((piece) => session.run(piece)));
    await session.close();
    return all;
  }

  it('runs each piece in one process, each starting elsewhere, and returns all results to each', async () => {
    const each = [counting(), counting(2), counting()];
    const found = await Promise.all(
      each.map(({ executor }, i) => runAll(shared(executor, { shard: i + 1, shards: 3 }))),
    );
    for (const one of found) {
      expect(one).toEqual(found[0]);
      expect(one.map(([{ predictions }]) => predictions[0][0])).toEqual(PIECES.map((_, i) => i));
    }
    expect(each.flatMap(({ ran }) => ran).sort((a, b) => a - b)).toEqual(PIECES.map((_, i) => i));
    expect(each.map(({ ran }) => ran[0])).toEqual([0, 4, 8]);
    // Only results are left.
    expect(readdirSync(folder).filter((name) => !/^([0-9a-f]{64}|build)\.json$/.test(name))).toEqual([]);
  });

  it('repeats only pieces whose results are damaged', async () => {
    await runAll(shared(counting().executor));
    const [damaged] = readdirSync(folder).filter((name) => name !== 'build.json');
    writeFileSync(join(folder, damaged), '{"predictions":[{');
    const { ran, executor } = counting();
    await runAll(shared(executor));
    expect(ran).toHaveLength(1);
  });

  it('numbers candidates as the current search does', async () => {
    await runAll(shared(counting().executor));
    const session = await shared(counting().executor).open(DATA, { ...CANDIDATES, params: [{ i: 7 }] });
    const [{ candidate, predictions }] = await session.run({ fold: 0, prefix: [], candidates: [0] });
    expect([candidate, predictions[0][0]]).toEqual([0, 7]);
    await session.close();
  });

  it('takes over the claims of a process without a heartbeat, and no others', async () => {
    const slow = counting(1, 400);
    const other = shared(slow.executor, { expiryMs: 150 }).open(DATA, CANDIDATES);
    const running = (await other).run(PIECES[0]);
    await setTimeout(50);
    const { ran, executor } = counting();
    const [[first]] = await runAll(shared(executor, { expiryMs: 150 }), [PIECES[0]]);
    expect(first.predictions[0][0]).toBe(0);
    expect(ran).toEqual([]);
    await running;
    await (await other).close();

    const keys = readdirSync(folder).map((name) => name.slice(0, 64));
    const [key] = keys.filter((name) => name.length === 64);
    rmSync(join(folder, `${key}.json`));
    expect(await makeClaim(folder, { key, number: 0 })).toBe(true);
    expect(await makeClaim(folder, { key, number: 0 })).toBe(false);
    await runAll(shared(executor, { expiryMs: 150 }), [PIECES[0]]);
    expect(ran).toEqual([0]);
    expect(claimsIn(readdirSync(folder)).size).toBe(0);
  });

  it('runs only a fixed share if processes are apart', async () => {
    const each = [counting(), counting()];
    for (const [i, { executor }] of each.entries()) {
      const apart = shared(executor, {
        folder: join(folder, `${i}`),
        shard: i + 1,
        shards: 2,
        isApart: true,
      });
      const session = await apart.open(DATA, CANDIDATES);
      const all = await Promise.allSettled(PIECES.map((piece) => session.run(piece)));
      const left = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(left).toHaveLength(PIECES.length - each[i].ran.length);
      for (const reason of left) expect(reason).toBeInstanceOf(ShareDone);
      await session.close();
    }
    const [first, second] = each.map(({ ran }) => ran);
    expect(first.length).toBeGreaterThan(0);
    expect([...first, ...second].sort((a, b) => a - b)).toEqual(PIECES.map((_, i) => i));
  });

  it('throws the error of a piece, and leaves the piece to others', async () => {
    const { executor } = counting();
    const failing: Executor = {
      ...executor,
      open: async () => ({
        ...(await executor.open(DATA, CANDIDATES)),
        run: async () => Promise.reject(new Error('failed')),
      }),
    };
    await expect(runAll(shared(failing))).rejects.toThrow('failed');
    await expect(runAll(shared(executor))).resolves.toHaveLength(12);
  });

  it('rejects a folder of another build, naming both, and tasks that cannot be sent to others', async () => {
    const { executor } = counting();
    await shared(executor).open(DATA, CANDIDATES);
    const build = { version: '1.1.0', hash: 'b'.repeat(64) };
    await expect(shared(executor, { build }).open(DATA, CANDIDATES)).rejects.toThrow(
      /belongs to version 1\.0\.0 \(build a{12}\), but this is version 1\.1\.0 \(build b{12}\)/,
    );
    const { module: _, ...byFunction } = CANDIDATES;
    await expect(shared(executor).open(DATA, byFunction)).rejects.toThrow(
      /^pipeline: a function cannot be sent/,
    );
    const session = await shared(executor).open(DATA, { ...CANDIDATES, params: [{ C: Infinity }] });
    await expect(session.run(PIECES[0])).rejects.toThrow(/^candidate 0: its parameters: expected plain JSON/);
  });

  it.each([
    [{ shards: 0 }, 'shards: expected an integer of at least 1, got 0'],
    [{ shard: 4, shards: 3 }, 'shard: expected an integer from 1 to 3, got 4'],
    [{ expiryMs: 0 }, 'expiryMs: expected a number above 0, got 0'],
    [{ pollMs: -1 }, 'pollMs: expected a number above 0, got -1'],
  ])('rejects %j', (options, message) => {
    expect(() => shared(counting().executor, options)).toThrow(message);
  });
});

describe('processes that share a folder', () => {
  const PARAMS = [...[1, 10, 7, 0.1].map((C) => ({ C, ms: 100 })), { nEstimators: 5 }, { nEstimators: 20 }];
  const random = new Random(Date.now());

  it('reach the result of a single process, even if some are killed at random', async () => {
    const options = { folder, shards: 3, expiryMs: 600, params: PARAMS, prune: true };
    const begin = (shard: number) => start('search.mjs', { ...options, shard });
    const all: Program[] = [1, 2, 3].map(begin);
    for (const shard of [1, 2]) {
      await all[shard - 1].printed('piece');
      await setTimeout(random.int(400));
      await all[shard - 1].kill();
      all.push(begin(shard));
    }
    const expected = await start('search.mjs', { params: PARAMS, prune: true }).result();
    for (const program of all.slice(2)) expect(await program.result()).toEqual(expected);
    const ran = all.flatMap(({ output }) =>
      Array.from(output.err.matchAll(/^piece (\w+)/gm), ([, key]) => key),
    );
    expect(new Set(ran).size).toBe(ran.length);
  });
});
