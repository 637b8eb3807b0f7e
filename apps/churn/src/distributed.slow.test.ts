import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Random } from '@churn/core';
import { BIN } from './testing/bin';
import { HAS_REDIS, startRedis } from './testing/redis-server';

/** Trains by workers, and by processes that share a folder, as users do. */
const CONFIG = `
data: { file: data.csv, target: left, positive: Yes }
models:
  logistic: { type: LogisticRegression, C: [0.1, 10] }
  forest: { type: RandomForestClassifier, nEstimators: [100, 200], maxDepth: [3, 6] }
  boosting: { type: GradientBoostingClassifier, nEstimators: [50, 100] }
`;

interface Ran {
  readonly child: ChildProcess;
  said: string;
  readonly ended: Promise<number | null>;
}

let folder: string;
let started: ChildProcess[];
let expected: string[];

const churn = (...args: string[]): Ran => {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ran: Ran = { child, said: '', ended };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      ran.said += data;
    });
  }
  return ran;
};
const says = async (ran: Ran, text: RegExp) => {
  while (!text.test(ran.said)) {
    if (ran.child.exitCode !== null || ran.child.signalCode)
      throw new Error(`ended before ${text}: ${ran.said}`);
    await setTimeout(20);
  }
};
const kill = async ({ child, ended }: Ran) => {
  child.kill('SIGKILL');
  await ended;
};
const done = async (ran: Ran) => {
  if ((await ran.ended) !== 0) throw new Error(ran.said);
  return ran.said;
};
/** The model files of the last training, and its leaderboard without times. */
const written = (out: string) => {
  const models = join(folder, out, 'latest/models');
  const names = readdirSync(models).filter((name) => name.endsWith('.model.json'));
  const report = JSON.parse(readFileSync(join(models, 'training_report.json'), 'utf8'), (key, value) =>
    /seconds|ms$/i.test(key) ? undefined : value,
  );
  return [...names.sort().map((name) => readFileSync(join(models, name), 'utf8')), JSON.stringify(report)];
};
const train = (out: string, ...args: string[]) =>
  churn('train', '--config', 'config.yaml', '--no-images', '--no-report', '--out', out, ...args);

beforeAll(async () => {
  started = [];
  folder = mkdtempSync(join(tmpdir(), 'churn-distributed-'));
  const random = new Random(5);
  const rows = Array.from({ length: 400 }, (_, i) => {
    const usage = 50 + 20 * random.normal();
    return `${'ABC'[i % 3]},${usage.toFixed(2)},${usage + 15 * random.normal() > 60 ? 'Yes' : 'No'}`;
  });
  writeFileSync(join(folder, 'data.csv'), `plan,usage,left\n${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'config.yaml'), CONFIG);
  await done(train('threads', '--workers', '2'));
  expected = written('threads');
});

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('rejects invalid workers, shares and options', async () => {
  const said = async (...args: string[]) => {
    const ran = churn(...args);
    expect(await ran.ended).toBe(1);
    return ran.said;
  };
  expect(await said('search', '--folder', 'f')).toMatch('expected one of --shard and --join');
  expect(await said('search', '--folder', 'f', '--shard', '4/3')).toMatch('expected a shard such as 3/16');
  expect(await said('worker', '--redis', 'http://queue')).toMatch(
    'expected an address such as redis://host:6379',
  );
  expect(await said('train', '--config', 'config.yaml', '--share', 's')).toMatch(
    '--share: expected workers at Redis',
  );
});

describe('churn search', () => {
  it('writes the result of a single process, though one share is killed and one never starts', async () => {
    const shard = (i: number) =>
      churn('search', '--config', 'config.yaml', '--folder', 'pieces', '--shard', `${i}/4`, '--threads', '1');
    const [first, second] = [shard(1), shard(2)];
    while (!readdirSync(folder).includes('pieces') || readdirSync(join(folder, 'pieces')).length < 4)
      await setTimeout(20);
    second.child.kill('SIGTERM');
    await second.ended;
    await done(shard(3));
    expect(await done(first)).toMatch(/shard 1\/4: 8 candidates tried in /);
    const pieces = () =>
      readdirSync(join(folder, 'pieces')).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
    const before = pieces();
    await done(
      churn(
        'search',
        '--join',
        '--config',
        'config.yaml',
        '--folder',
        'pieces',
        '--no-images',
        '--no-report',
        '--out',
        'joined',
      ),
    );
    expect(pieces()).toEqual(before);
    expect(written('joined')).toEqual(expected);
  });
});

(HAS_REDIS ? describe : describe.skip)('churn worker (skipped where there is no redis-server)', () => {
  it('writes the result of a single process, though a worker and then the training are killed, and ends on request', async () => {
    const redis = await startRedis(folder);
    started.push(redis.child);
    const worker = () => churn('worker', '--redis', redis.url, '--threads', '1');
    const workers = [worker(), worker()];
    for (const each of workers) await says(each, /ready/);
    const killed = train('killed', '--workers', redis.url);
    await says(workers[0], /fold/);
    await kill(workers[0]);
    await says(workers[1], /(fold.*){4}/s);
    await kill(killed);
    await done(train('workers', '--workers', redis.url));
    expect(written('workers')).toEqual(expected);
    expect(readFileSync(join(folder, 'workers/latest/run.json'), 'utf8')).toMatch(redis.url);
    workers[1].child.kill('SIGTERM');
    expect(await done(workers[1])).toMatch(/tasks done: \d+/);
    const keys = Array.from(workers[1].said.matchAll(/^([0-9a-f]{12}): /gm), ([, key]) => key);
    expect(new Set(keys).size).toBe(keys.length);
    redis.child.kill('SIGKILL');
  });
});
