import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Random } from '@churn/core';
import { type Program, start } from '../testing/program';
import { HAS_REDIS, RedisServer } from '../testing/redis-server';
import { S3_CREDENTIALS, S3Server } from '../testing/s3-server';

/** Five candidates that take a tenth of a second per fold, and two that are fitted together. */
const QUICK = [
  ...[1, 10, 7, 0.1, 0.01].map((C) => ({ C, ms: 100 })),
  { nEstimators: 5 },
  { nEstimators: 20 },
];
const SLOW = [1, 10, 7, 0.1, 0.01, 3].map((C) => ({ C, ms: 100 }));
/** Short, so that others take over soon, but long enough for a worker on a busy machine to keep its locks. */
const LOCK_MS = 3000;

(HAS_REDIS ? describe : describe.skip)('searches through Redis (skipped without redis-server)', () => {
  let server: RedisServer;
  let running: Program[];
  const random = new Random(Date.now());
  const soon = () => setTimeout(200 + random.int(800));

  beforeEach(async () => {
    server = await RedisServer.start();
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((program) => program.kill()));
    await server.end();
  });

  const kept = (program: Program) => {
    running.push(program);
    return program;
  };
  const search = (options: object) => kept(start('search.mjs', { url: server.url, ...options }));
  const alone = (options: object) => kept(start('search.mjs', options)).result();
  const worker = (options: object = {}) => kept(start('worker.mjs', { url: server.url, ...options }));
  /** The keys of the tasks that programs reported as begun or done, with repetitions. */
  const keysOf = (word: 'began' | 'done', programs = running) => {
    const lines = new RegExp(`^${word} ([0-9a-f]{64})`, 'gm');
    return programs.flatMap(({ output }) => Array.from(output.out.matchAll(lines), ([, key]) => key));
  };
  const finished = () => keysOf('done');
  const expectNoneTwice = () => {
    const keys = finished();
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
  };
  /**
   * A task is repeated only if its worker or Redis was killed while it ran.
   * @param outages how often Redis was killed, while two workers ran a task each.
   */
  const expectBegunOnce = (outages = 0) => {
    const keys = keysOf(
      'began',
      running.filter(({ child }) => child.signalCode !== 'SIGKILL'),
    );
    const times = [...new Set(keys)].map((key) => keys.filter((each) => each === key).length);
    expect(times.length).toBeGreaterThan(0);
    expect(keys.length - times.length).toBeLessThanOrEqual(2 * outages);
    expect(Math.max(...times)).toBeLessThanOrEqual(1 + outages);
  };

  it('give the results of a local search, with as many tasks, and none when repeated', async () => {
    const workers = [worker({ threads: 2 }), worker()];
    const prune = { params: QUICK, prune: true };
    expect(await search(prune).result()).toEqual(await alone(prune));
    const expected = await alone({ params: QUICK });
    expect(await search({ params: QUICK }).result()).toEqual(expected);
    for (const { output } of workers) expect(output.out).toMatch(/^done /m);
    expectNoneTwice();
    expectBegunOnce();
    const n = finished().length;
    expect(await search({ params: QUICK }).result()).toEqual(expected);
    expect(finished()).toHaveLength(n);
  });

  it('store their rows in the shared folder', async () => {
    const share = mkdtempSync(join(tmpdir(), 'share-'));
    try {
      const params = QUICK.slice(-2);
      worker({ share });
      expect(await search({ params, share }).result()).toEqual(await alone({ params }));
      expect(readdirSync(share)).toHaveLength(2);
      await Promise.all(running.map((program) => program.kill()));
      worker();
      const { message } = (await search({ params: [{ C: 2 }], share }).result()) as Error;
      expect(message).toMatch(/^share: the rows of the search are in a shared folder or bucket/);
    } finally {
      rmSync(share, { recursive: true });
    }
  });

  it('store their rows in a bucket, from which a worker fetches them once', async () => {
    const store = await S3Server.start();
    Object.assign(process.env, S3_CREDENTIALS);
    try {
      const share = store.address();
      const params = QUICK.slice(-1);
      worker({ share });
      expect(await search({ params, share }).result()).toEqual(await alone({ params }));
      // The training rows for the search, and all rows for the last fit.
      expect(store.objects.size).toBe(2);
      expect(store.requested.filter((method) => method === 'PUT')).toHaveLength(2);
      expect(store.requested.filter((method) => method === 'GET')).toHaveLength(2);
    } finally {
      for (const name of Object.keys(S3_CREDENTIALS)) delete process.env[name];
      await store.end();
    }
  });

  it('end with the same error as a local search', async () => {
    worker();
    const text = { params: QUICK, text: true, hasWeights: false };
    const wrong = (await search(text).result()) as { code: string; message: string };
    expect(wrong.code).toBe('column-kind');
    expect(wrong.message).toMatch(/^candidates? [\d, ]+, fold \d: /);
    const broken = { params: [{ isBroken: true }] };
    expect(await search(broken).result()).toEqual({ code: null, message: 'broken on purpose' });
    const unknown = { params: QUICK, exportName: 'toString' };
    expect(await search(unknown).result()).toMatchObject({
      message: expect.stringMatching(/exports no function/),
    });
  });

  it('end with an error if the workers do not know the function', async () => {
    worker({ exportName: 'another' });
    expect(await search({ params: QUICK }).result()).toEqual({
      code: 'invalid-parameter',
      message: 'pipeline: the workers have no function "pipeline"; expected one of: another',
    });
  });

  it('give the same results if workers are killed at random', async () => {
    const done = search({ params: SLOW }).result();
    let isOver = false;
    void done.then(() => {
      isOver = true;
    });
    worker({ lockMs: LOCK_MS });
    for (let kills = 0; !isOver; kills++) {
      const next = worker({ lockMs: LOCK_MS });
      await next.printed('ready');
      await soon();
      if (kills < 4)
        await running.filter(({ child }) => child.exitCode === null && !child.signalCode)[1].kill();
    }
    expect(await done).toEqual(await alone({ params: SLOW }));
    expectNoneTwice();
    expectBegunOnce();
  });

  it('wait for Redis if it is killed, and repeat no finished task', async () => {
    worker({ lockMs: LOCK_MS });
    worker({ lockMs: LOCK_MS });
    const program = search({ params: SLOW });
    for (let kills = 0; kills < 2; kills++) {
      await program.printed(`done ${5 + 8 * kills}\n`);
      await setTimeout(random.int(200));
      await server.kill();
      await soon();
      await server.restart();
    }
    expect(await program.result()).toEqual(await alone({ params: SLOW }));
    expect(program.output.err).toMatch(
      /^warn: lost the connection to redis:.*\n(debug.*\n)*info: reconnected to redis:/m,
    );
    expectBegunOnce(2);
  });

  it('upload everything again if Redis comes back empty', async () => {
    worker({ lockMs: LOCK_MS });
    worker({ lockMs: LOCK_MS });
    const program = search({ params: SLOW });
    await program.printed('done 12\n');
    await server.killAndEmpty();
    await soon();
    await server.restart();
    expect(await program.result()).toEqual(await alone({ params: SLOW }));
  });

  it('resume where they were killed', async () => {
    worker();
    worker();
    for (const n of [7, 19]) {
      const program = search({ params: SLOW });
      await program.printed(`done ${n}\n`);
      await setTimeout(random.int(200));
      await program.kill();
    }
    expect(await search({ params: SLOW }).result()).toEqual(await alone({ params: SLOW }));
    expectNoneTwice();
    expectBegunOnce();
  });

  it('remove their tasks from the queue if aborted, and free the workers', async () => {
    const endless = worker();
    const long = { params: [...QUICK, { C: 1, ms: 60_000 }], abortAfter: 6 };
    expect(await search(long).result()).toMatchObject({ message: 'aborted by the user' });
    const params = [{ C: 5 }];
    expect(await search({ params }).result()).toEqual(await alone({ params }));
    expect(endless.output.out).not.toMatch(/candidate 7/);
  });

  it('continue without a worker that ends: it finishes its task, or returns it on a second signal', async () => {
    const [first, second] = [worker(), worker()];
    const program = search({
      params: [
        { C: 1, ms: 500 },
        { C: 2, ms: 500 },
      ],
    });
    await program.printed('done 1\n');
    await setTimeout(100);
    const before = first.output.out.split('\n').length;
    first.child.kill('SIGTERM');
    await first.printed('ended');
    expect(first.output.out.split('\n')).toHaveLength(before + 2);
    second.child.kill('SIGTERM');
    second.child.kill('SIGTERM');
    await second.printed('ended');
    worker();
    await program.result();
    expectNoneTwice();
  });

  it('reject workers of another build, and report both builds', async () => {
    const both = /version 1\.0\.0 \(build b{12}\).*version 1\.0\.0 \(build a{12}\)/;
    const idle = worker({ build: 'b' });
    await idle.printed('ready');
    const program = search({ params: QUICK });
    await program.printed(both);
    expect(program.output.err).toMatch(/^warn: the worker \S+ gets no tasks/m);
    await idle.printed(/^warn: refused by the search \S+: it has version 1\.0\.0 \(build a{12}\)/m);
    const late = worker({ build: 'c' });
    await late.printed(/^invalid-parameter: refused by the search .*build a{12}.*build c{12}/m);
    worker();
    expect(await program.result()).toEqual(await alone({ params: QUICK }));
  });

  it('report that Redis cannot be reached', async () => {
    const url = `redis://someone:secret@127.0.0.1:1`;
    const { message } = (await search({ params: QUICK, url }).result()) as Error;
    expect(message).toMatch(/^redis:\/\/127\.0\.0\.1:1: cannot connect: .*ECONNREFUSED/);
  });
});
