import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createLogger } from '../terminal/logger';
import { BIN } from '../testing/bin';
import { saveSmallModel } from '../testing/small-model';
import { predict } from './predict';

const HEADER = 'plan,usage,age\n';
const NAMES = ['country=de/a.csv', 'country=de/b.csv', 'country=fr/a.csv', 'country=it/a.csv'];

let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);
const read = (name: string) => readFileSync(at(name), 'utf8');
const rowsOf = (seed: number) =>
  Array.from({ length: 5 }, (_, i) => `${'ABC'[(seed + i) % 3]},${(seed * 31 + i * 7) % 100},${20 + i}\n`);

function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-shards-'));
  await saveSmallModel(at('m.json'));
  NAMES.forEach((name, i) => {
    write(`in/${name}`, HEADER + rowsOf(i).join(''));
  });
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Options {
  readonly input?: string;
  readonly output?: string;
  readonly shard?: { readonly place: number; readonly count: number };
  readonly explain?: boolean;
}

/** Scores in this process, and tells what the log told. */
async function score({ input = at('in'), output = at('out'), ...more }: Options = {}): Promise<{
  readonly summary: string;
  readonly log: string[];
}> {
  const log: string[] = [];
  const logger = createLogger();
  logger.silent = true;
  for (const level of ['info', 'error'] as const) {
    logger[level] = ((text: string) => log.push(text)) as unknown as (typeof logger)[typeof level];
  }
  const model = { name: 'm.json', file: at('m.json') };
  const { text: summary } = await predict({ ...more, input, output, model }, logger).catch((error) => {
    log.push(error.message);
    return { text: '' };
  });
  return { summary, log };
}

const outputs = () => NAMES.filter((name) => existsSync(at('out', name)));

it('scores each file of a folder as if it were alone', async () => {
  const { summary, log } = await score();
  for (const name of NAMES) {
    await score({ input: at('in', name), output: at('alone.csv') });
    expect(read(`out/${name}`)).toBe(read('alone.csv'));
  }
  expect(log).toEqual(NAMES.map((name, i) => `${i + 1} of 4, ${name}: scored 5 rows`));
  expect(summary).toContain(`4 partitions scored, 0 already scored: ${at('out')}`);
});

it('divides the files of a pattern among shards, each file once', async () => {
  const input = at('in/*/*.csv');
  await score({ input, shard: { place: 1, count: 3 } });
  expect(outputs()).toEqual([NAMES[1]]);
  await score({ input, shard: { place: 0, count: 3 } });
  expect(outputs()).toEqual([NAMES[0], NAMES[1], NAMES[3]]);
  const { log } = await score({ input, shard: { place: 2, count: 3 } });
  expect(outputs()).toEqual(NAMES);
  expect(log).toEqual([`1 of 1, ${NAMES[2]}: scored 5 rows`]);
});

describe('a file that is already scored', () => {
  const again = async (options: Options = {}) => {
    const { log } = await score(options);
    return log.filter((line) => line.includes('scored 5 rows')).length;
  };
  beforeEach(() => score());

  it('is skipped, whatever the shard', async () => {
    const before = statSync(at('out', NAMES[0])).mtimeMs;
    expect(await again()).toBe(0);
    expect(await again({ shard: { place: 0, count: 1 } })).toBe(0);
    expect(statSync(at('out', NAMES[0])).mtimeMs).toBe(before);
  });

  it.each<[string, number, Options, () => unknown]>([
    ['the output is gone', 1, {}, () => rmSync(at('out', NAMES[0]))],
    ['the output was truncated', 1, {}, () => writeFileSync(at('out', NAMES[0]), HEADER)],
    ['the input has changed', 1, {}, () => write(`in/${NAMES[2]}`, HEADER + rowsOf(9).join(''))],
    ['the input is newer', 1, {}, () => utimesSync(at('in', NAMES[1]), 1e9, 2e9)],
    ['the record is missing', 1, {}, () => rmSync(at('out/_scored', `${NAMES[1]}.json`))],
    ['the record is damaged', 1, {}, () => write(`out/_scored/${NAMES[1]}.json`, '{"source": {}')],
    ['the model has changed', 4, {}, () => saveSmallModel(at('m.json'), {}, 0.01)],
    ['rows should be explained', 4, { explain: true }, () => undefined],
  ])('is scored again if %s', async (_, times, options, change) => {
    await change();
    expect(await again(options)).toBe(times);
    expect(await again(options)).toBe(0);
  });
});

it('continues after a file that cannot be scored, names it, and retries it in the next run', async () => {
  write(`in/${NAMES[1]}`, 'plan,usage\nA,1\n');
  write(`in/${NAMES[2]}`, `${HEADER}A,lots,30\nA,5,30\n`);
  const { log } = await score();
  expect(outputs()).toEqual([NAMES[0], NAMES[2], NAMES[3]]);
  expect(log[1]).toMatch(/^2 of 4, country=de\/b\.csv: .*column "age" is missing/);
  expect(log.at(-1)).toMatch(/^1 of 4 partitions of .*\/in failed: country=de\/b\.csv; /);
  expect(read(`out/_rejected/${NAMES[2]}.csv`)).toMatch(/^line,reason,row\n2,/);
  write(`in/${NAMES[1]}`, `${HEADER}A,5,30\n`);
  const { summary } = await score();
  expect(outputs()).toEqual(NAMES);
  expect(summary).toContain('1 partition scored, 3 already scored');
});

it('requires an output folder, and several files for a shard', async () => {
  const shard = { place: 1, count: 2 };
  expect((await score({ output: '-' })).log).toEqual([
    `--output: expected a folder, since --input ${at('in')} may have several files, got standard output`,
  ]);
  expect((await score({ input: at('in', NAMES[0]), shard })).log[0]).toMatch(
    /^--shard 1\/2: expected --input with a folder or a pattern of files, got .*a\.csv$/,
  );
});

describe('as a process', () => {
  const args = ['predict', '--model', 'm.json', '--input', 'in', '--output', 'out'];
  const run = (...more: string[]) =>
    spawnSync(process.execPath, [BIN, ...args, ...more], { cwd: folder, encoding: 'utf8' });

  it('accepts a shard, and rejects an invalid one', () => {
    expect(run('--shard', '5/4').stderr).toContain('expected a shard such as 3/16');
    expect(run('--shard', '2/4').stdout).toContain('1 partition scored');
    expect(outputs()).toEqual([NAMES[2]]);
  });

  it('leaves only complete files if killed at any moment, and the next run finishes', async () => {
    const large = HEADER + 'A,5,30\n'.repeat(300_000);
    for (const name of NAMES) write(`in/${name}`, large);
    const child: ChildProcess = spawn(process.execPath, [BIN, ...args], { cwd: folder });
    while (!existsSync(at('out', NAMES[0]))) await setTimeout(5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(outputs().length).toBeLessThan(NAMES.length);
    for (const name of outputs()) expect(read(`out/${name}`).match(/\n/g)).toHaveLength(300_001);
    expect(run().stdout).toMatch(/[1-4] partitions? scored, [0-3] already scored/);
    const expected = read(`out/${NAMES[0]}`);
    for (const name of NAMES) expect(read(`out/${name}`)).toBe(expected);
    expect(
      readdirSync(at('out'), { recursive: true }).filter((name) => String(name).endsWith('.tmp')),
    ).toEqual([]);
  });
});
