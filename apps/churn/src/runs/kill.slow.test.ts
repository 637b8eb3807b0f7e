import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { loadModel } from '@churn/io';
import { modelClasses } from '../model/processing';
import { BIN } from '../testing/bin';
import { fileSha256 } from './file-sha256';
import { surveyRuns } from './read-run';
import { runPath } from './run-folder';
import { readTestPredictions } from './test-predictions';

/** Whatever the moment at which a run is killed, each file at its place is one that a run has finished. */
const MOMENTS = [0.2, 0.5, 0.7, 0.85, 0.95];
const HEADER = 'id,plan,usage,left';
const CONFIG = `
data: { file: data.csv, target: left, positive: Yes, drop: [id] }
crossValidation: { folds: 2 }
workers: 1
models:
  ridge: { type: LogisticRegression, C: 1 }
  forest: { type: RandomForestClassifier, nEstimators: 20 }
output: { sample: { file: sample.csv, rows: 20 } }
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-kill-'));
  const rows = Array.from({ length: 300 }, (_, i) => {
    const usage = (i * 37) % 100;
    return `${i},${'ABC'[i % 3]},${usage},${usage + ((i * 13) % 40) > 70 ? 'Yes' : 'No'}`;
  });
  writeFileSync(join(folder, 'data.csv'), [HEADER, ...rows].join('\n'));
  const many = Array.from({ length: 400 }, () => rows.join('\n'));
  writeFileSync(join(folder, 'many.csv'), [HEADER, ...many].join('\n'));
  writeFileSync(join(folder, 'churn.yaml'), CONFIG);
  churn('train', '--config', 'churn.yaml', '--out', 'out');
});

afterAll(() => rmSync(folder, { recursive: true }));

/** How long a command takes, in milliseconds. */
function churn(...args: string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - started;
}

/** @returns how long the command took where it ended before it was to be killed. */
async function killed(args: string[], ms: number): Promise<number | undefined> {
  const started = performance.now();
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: 'ignore' });
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('exit', (_, signal) => {
      resolve(signal === 'SIGKILL' ? undefined : performance.now() - started);
    });
  });
  await setTimeout(ms);
  child.kill('SIGKILL');
  return ended;
}

/**
 * Kills a command at a share of the time that it takes, and again sooner if it was faster this time: other work beside the tests comes
 * and goes.
 * @returns how long the command takes, as far as is known now.
 */
async function killAt(share: number, args: string[], ms: number): Promise<number> {
  for (let tries = 0; tries < 10; tries++) {
    const took = await killed(args, share * ms);
    if (took === undefined) return ms;
    ms = 0.9 * Math.min(ms, took);
  }
  throw new Error(`${args[0]} was never killed at ${share} of its time`);
}

function filesOf(path: string): string[] {
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Whether a file has its end, which each of these formats marks. */
function isWhole(file: string): boolean {
  const bytes = readFileSync(file);
  const text = bytes.toString('latin1');
  switch (extname(file)) {
    case '.png':
      return text.endsWith('IEND\xaeB`\x82');
    case '.svg':
      return text.trimEnd().endsWith('</svg>');
    case '.html':
      return text.trimEnd().endsWith('</html>');
    case '.json':
      JSON.parse(bytes.toString());
      return true;
    default:
      return text.endsWith('\n');
  }
}

/** The seed that each part of the latest results was made with. */
async function seedsOf(out: string): Promise<unknown[]> {
  const latest = join(folder, out, 'latest');
  const text = (file: string) => readFileSync(join(latest, file), 'utf8');
  const page = /<td>seed<\/td><td>(\d+)<\/td>/.exec(text('report.html'))?.[1];
  const readable = /\| seed \| (\d+) \|/.exec(text('models/training_report.md'))?.[1];
  const sample = samples.get(text('sample.csv'));
  const models = [];
  for (const name of ['ridge', 'forest']) {
    // A model file has a hash of all that it holds.
    const { training } = await loadModel(join(latest, 'models', `${name}.model.json`), modelClasses);
    models.push(training.seed);
  }
  return [
    JSON.parse(text('models/training_report.json')).seed,
    Number(page),
    Number(readable),
    sample,
    ...models,
  ];
}

/**
 * The complete runs of a folder, each as its record says: none is lost, and none is half there.
 * @returns their IDs, the newest first.
 */
async function wholeRuns(out: string): Promise<string[]> {
  const results = join(folder, out);
  const { complete, unreadable } = await surveyRuns(results);
  expect(unreadable).toEqual([]);
  for (const record of complete) {
    const path = runPath(results, record.id);
    expect(JSON.parse(readFileSync(join(path, 'run.json'), 'utf8')).id).toBe(record.id);
    for (const { file, sha256 } of Object.values(record.models)) {
      expect(await fileSha256(join(path, file))).toBe(sha256);
    }
    const { rows, probabilities } = await readTestPredictions(path, record);
    expect(rows).toHaveLength(record.test.rows);
    expect([...probabilities.keys()]).toEqual(Object.keys(record.models));
  }
  return complete.map(({ id }) => id);
}

/** Seeds by the sample that each makes. */
const samples = new Map<string, number>();

it('leaves the results of a single run after a train is killed', async () => {
  const args = ['train', '--config', 'churn.yaml', '--out', 'out', '--seed'];
  const timed = ['train', '--config', 'churn.yaml', '--out', 'timed', '--seed'];
  let ms = 0;
  for (const seed of [42, 7]) {
    ms = churn(...timed, String(seed));
    samples.set(readFileSync(join(folder, 'timed/latest/sample.csv'), 'utf8'), seed);
  }
  expect(samples.size).toBe(2);
  const whole = filesOf('out/latest').length;
  let runs = await wholeRuns('out');
  for (const share of MOMENTS) {
    ms = await killAt(share, [...args, '7'], ms);
    const now = await wholeRuns('out');
    expect(now).toEqual(expect.arrayContaining(runs));
    runs = now;
    const files = filesOf('out/latest');
    expect(files).toHaveLength(whole);
    expect(files.filter((file) => !isWhole(file))).toEqual([]);
    const [seed, ...others] = await seedsOf('out');
    expect([7, 42]).toContain(seed);
    expect(new Set(others)).toEqual(new Set([seed]));
  }
  churn(...args, '7');
  expect(await seedsOf('out')).toEqual([7, 7, 7, 7, 7, 7]);
  expect(readdirSync(join(folder, 'out/runs')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('leaves two complete runs of two simultaneous trainings', async () => {
  const train = (seed: string) =>
    new Promise((resolve) => {
      const args = [
        'train',
        '--config',
        'churn.yaml',
        '--out',
        'both',
        '--no-images',
        '--no-report',
        '--seed',
        seed,
      ];
      spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: 'ignore' }).on('exit', resolve);
    });
  expect(await Promise.all([train('7'), train('8')])).toEqual([0, 0]);
  const runs = readdirSync(join(folder, 'both/runs'));
  expect(runs).toHaveLength(2);
  expect((await wholeRuns('both')).sort()).toEqual(runs.sort());
  const [first, second] = runs.map((run) => filesOf(join('both/runs', run)).filter(isWhole));
  expect(first).toHaveLength(second.length);
  expect(filesOf('both/latest')).toHaveLength(first.length);
});

// Bash knows how to keep a process from writing larger files than that, as a full disk does.
const hasBash = spawnSync('bash', ['-c', 'ulimit -f 1']).status === 0;
(hasBash ? it : it.skip).each([0, 2, 8, 16])(
  `leaves everything unchanged, with one message, if at most %i KB of a file can be written (skipped where there is no bash)`,
  async (kilobytes) => {
    const before = await wholeRuns('out');
    const latest = readlinkSync(join(folder, 'out/latest'));
    const command = `ulimit -f ${kilobytes}; exec "$0" "$@"`;
    const args = [
      BIN,
      'train',
      '--config',
      'churn.yaml',
      '--out',
      'out',
      '--no-images',
      '--no-report',
      '--seed',
      '9',
    ];
    const child = spawnSync('bash', ['-c', command, process.execPath, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(child.stderr).toMatch(
      /\nerror: out\/runs\/\.[^\n]*: the file is larger than the system allows\n$/,
    );
    expect(child.status).toBe(1);
    expect(await wholeRuns('out')).toEqual(before);
    expect(readlinkSync(join(folder, 'out/latest'))).toBe(latest);
    const others = readdirSync(join(folder, 'out/runs')).filter((name) => !before.includes(name));
    for (const name of others) expect(readdirSync(join(folder, 'out/runs', name))).toEqual(['churn.log']);
  },
);

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('ends on %s with one line, and leaves nothing of the run', async (signal, code) => {
  const args = ['train', '--config', 'churn.yaml', '--out', 'told'];
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
    if (/rows for training/.test(stderr)) child.kill(signal);
  });
  const ended = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  expect(ended).toBe(code);
  expect(stderr).toMatch(
    new RegExp(`^[^\\n]*rows for training[^]*\\nerror: ${signal}: stopped; [^\\n]*\\n$`),
  );
  expect(readdirSync(join(folder, 'told'))).toEqual(['runs']);
  expect(readdirSync(join(folder, 'told/runs'))).toEqual([]);
});

it('leaves the output of predict unchanged', async () => {
  const args = ['predict', '--config', 'churn.yaml', '--model', 'out/latest/models/forest.model.json'];
  const run = [...args, '--input', 'many.csv', '--output', 'scored.csv'];
  writeFileSync(join(folder, 'scored.csv'), 'of an earlier run\n');
  let ms = churn(...run.slice(0, -1), 'timed.csv');
  const complete = readFileSync(join(folder, 'timed.csv'), 'utf8');
  for (const share of MOMENTS) {
    ms = await killAt(share, run, ms);
    const scored = readFileSync(join(folder, 'scored.csv'), 'utf8');
    expect(scored === 'of an earlier run\n' || scored === complete).toBe(true);
  }
});
