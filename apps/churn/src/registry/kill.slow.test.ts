import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from '../testing/bin';
import { writeTestRun } from '../testing/written-run';
import type { NumberedEntry } from './alias-entry';
import { currentEntry, readHistory } from './alias-history';
import { storedModelFile } from './model-store';

/** Whatever the moment at which a promotion is killed, the alias leads to a whole model: the one before, or the new one. */
const KILL = join(__dirname, '../../test/kill-at-step.cjs');
const RUNS = Array.from({ length: 5 }, (_, i) => `2026-11-28T10-00-0${i}Z`);
const CONFIG = `
data: { file: data.csv, target: left, positive: yes }
output: { folder: . }
registry: { gate: { metric: rocAuc } }
`;
const labels = Array.from({ length: 40 }, (_, i) => (i % 2 ? 'yes' : 'no'));
/** Of these labels, the better the higher the number of the run. */
const probabilities = (run: number) =>
  labels.map((label, i) => (label === 'yes' ? 0.5 : 0.6) + ((label === 'yes' ? i : -i) * (1 + run)) / 500);

let folder: string;
let registry: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-kill-'));
  registry = join(folder, 'registry');
  writeFileSync(join(folder, 'churn.yaml'), CONFIG);
  for (const [i, id] of RUNS.entries()) {
    await writeTestRun(folder, id, { models: { ridge: probabilities(i) }, labels, seed: i });
  }
});

beforeEach(() => {
  rmSync(registry, { recursive: true, force: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

const promotion = (run: number) => ['promote', RUNS[run], '--as', 'champion', '--config', 'churn.yaml'];

function churn(args: readonly string[], options: { env?: object; shell?: string } = {}) {
  const command = [process.execPath, BIN, ...args];
  const [file, ...rest] =
    options.shell === undefined ? command : ['bash', '-c', `${options.shell}; exec "$@"`, 'bash', ...command];
  return spawnSync(file, rest, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...options.env } });
}

/** What the alias leads to; its model is whole. */
async function wholeEntry(): Promise<NumberedEntry | undefined> {
  const entry = await currentEntry(registry, 'champion');
  if (entry) {
    const bytes = readFileSync(storedModelFile(registry, entry.sha256));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry.sha256);
  }
  return entry;
}

/** As if what was left half written had been so for long. */
function age(): void {
  for (const entry of readdirSync(join(registry, 'aliases/champion'))) {
    utimesSync(join(registry, 'aliases/champion', entry), 1e9, 1e9);
  }
}

it('leads to a complete model at whichever step a promotion is killed, and can be promoted afterwards', async () => {
  expect(churn(promotion(0)).status).toBe(0);
  cpSync(registry, join(folder, 'before'), { recursive: true });
  const current: string[] = [];
  let nHalf = 0;
  for (let step = 1; ; step++) {
    rmSync(registry, { recursive: true });
    cpSync(join(folder, 'before'), registry, { recursive: true });
    const env = { NODE_OPTIONS: `--require ${KILL}`, KILL_AT: String(step) };
    const { signal, status } = churn(promotion(1), { env });
    const entry = await wholeEntry();
    if (status === 0) break;
    expect(signal).toBe('SIGKILL');
    current.push(entry?.run ?? '');
    const { entries, next } = await readHistory(registry, 'champion');
    if (entries.length < next - 1) {
      nHalf++;
      age();
      expect(churn(promotion(1)).status).toBe(0);
      expect(await wholeEntry()).toMatchObject({ run: RUNS[1], number: next, replaces: 1 });
    }
  }
  // The model, its card and the entry are opened, written, synchronised and closed, at least.
  expect(current.length).toBeGreaterThan(12);
  expect(nHalf).toBeGreaterThan(0);
  const switched = current.indexOf(RUNS[1]);
  expect(switched).toBeGreaterThan(0);
  expect(new Set(current.slice(0, switched))).toEqual(new Set([RUNS[0]]));
  expect(new Set(current.slice(switched))).toEqual(new Set([RUNS[1]]));
});

it('has an entry for each of several simultaneous promotions, each better than the last', async () => {
  const codes = await Promise.all(
    RUNS.map(
      (_, run) =>
        new Promise((resolve) => {
          spawn(process.execPath, [BIN, ...promotion(run)], { cwd: folder, stdio: 'ignore' }).on(
            'exit',
            resolve,
          );
        }),
    ),
  );
  const { entries, next } = await readHistory(registry, 'champion');
  expect(next).toBe(entries.length + 1);
  expect(codes.filter((code) => code === 0)).toHaveLength(entries.length);
  expect(codes.filter((code) => code === 2)).toHaveLength(RUNS.length - entries.length);
  const order = entries.map(({ run }) => RUNS.indexOf(run));
  expect(order).toEqual(order.toSorted());
  expect(entries.at(-1)?.run).toBe(RUNS.at(-1));
  expect(entries.map(({ replaces }) => replaces)).toEqual(entries.map((_, i) => (i === 0 ? null : i)));
  await wholeEntry();
});

it('is unchanged on a full disk, with one line', async () => {
  expect(churn(promotion(0)).status).toBe(0);
  const { status, stderr } = churn(promotion(1), { shell: 'trap "" XFSZ; ulimit -f 1' });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^error: registry\/models\/[0-9a-f]{64}\.model\.json: the file is larger than the system allows\n$/,
  );
  expect((await wholeEntry())?.run).toBe(RUNS[0]);
  expect(readdirSync(join(registry, 'models'))).toHaveLength(2);
  expect(existsSync(join(registry, 'aliases/champion/000002.json'))).toBe(false);
});
