import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { BIN } from './testing/bin';
import type { TrainingReport } from './training/training-report.js';

/** Models that are found, and not listed. */
const PLAIN = ['--no-images', '--no-report'];
const ROWS = Array.from({ length: 300 }, (_, i) => {
  const usage = (i * 37) % 100;
  const noise = (i * 61) % 47;
  return `${'ABC'[i % 3]},${i % 10 === 7 ? '' : usage},${20 + ((i * 7) % 50)},${usage + noise > 75 ? 'Yes' : 'No'}`;
});
const CONFIG = `
data: { file: data.csv, target: left, positive: Yes }
models: auto
preset: fast
crossValidation: { folds: 2 }
output: { sample: { file: sample.csv, rows: 20 } }
`;

let folder: string;
let result: ReturnType<typeof churn>;
let report: TrainingReport;

const churn = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const reportOf = (out: string): TrainingReport =>
  JSON.parse(read(`${out}/latest/models/training_report.json`));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-auto-'));
  writeFileSync(join(folder, 'data.csv'), ['plan,usage,age,left', ...ROWS].join('\n'));
  writeFileSync(join(folder, 'churn.yaml'), CONFIG);
  result = churn('train', '--config', 'churn.yaml', '--out', 'outputs');
  report = reportOf('outputs');
});

afterAll(() => rmSync(folder, { recursive: true }));

it('writes a blend and its members, and reports all candidates', () => {
  expect(result.status).toBe(0);
  const { members } = report.models.ensemble.parameters as unknown as {
    members: { model: string; weight: number }[];
  };
  expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  expect(Object.keys(report.models)).toEqual(['ensemble', ...members.map(({ model }) => model)]);
  const files = readdirSync(join(folder, 'outputs/latest/models')).filter((file) =>
    /model\.json$/.test(file),
  );
  expect(files.sort()).toEqual(
    Object.keys(report.models)
      .map((name) => `${name}.model.json`)
      .sort(),
  );

  const names = report.leaderboard.map(({ name }) => name);
  expect([...names].sort()).toEqual(['boosting', 'ensemble', 'logistic_regression']);
  // The blend leads if it is the best, even if it ranks rows less well than a member.
  expect(report.best).toBe(names[0]);
  const aucs = report.leaderboard.slice(1).map(({ cv }) => cv.rocAuc.mean);
  expect(aucs).toEqual([...aucs].sort((a, b) => b - a));
  for (const { name, cv, weight, fitSeconds, scoreSeconds } of report.leaderboard) {
    expect(cv.logLoss.folds).toHaveLength(2);
    expect(weight).toBe(
      name === 'ensemble' ? null : (members.find((each) => each.model === name)?.weight ?? 0),
    );
    expect(Math.min(fitSeconds, scoreSeconds)).toBeGreaterThan(0);
  }
  const losses = report.leaderboard.map(({ cv }) => cv.logLoss.mean);
  expect(report.models.ensemble.cv.logLoss.mean).toBe(Math.min(...losses));
  expect(report.search).toMatchObject({ preset: 'fast', timeLimit: 60, endedBy: null, unfinished: 0 });
});

it('reports the choice, the time, the weights and the number of training rows', () => {
  const page = read('outputs/latest/report.html');
  const readable = read('outputs/latest/models/training_report.md');
  for (const text of [page, readable]) {
    expect(text).toContain(
      'the lowest cross-validated log loss of those whose rocAuc is within one standard error',
    );
    expect(text).toContain('(time limit for the whole training: 1m); finished in time');
    expect(text).toContain('the saved models were then refitted on all rows');
    expect(text).toMatch(/VotingClassifier: \d\.\d\d \w+/);
  }
  expect(result.stdout).toMatch(/│ candidate +│ CV rocAuc │ CV logLoss │ fit s │ score s │/);
});

it('writes the same models with one worker and with three', () => {
  for (const workers of [1, 3]) {
    writeFileSync(join(folder, 'some.yaml'), `${CONFIG}workers: ${workers}\n`);
    const { status } = churn('train', '--config', 'some.yaml', '--out', `with${workers}`, ...PLAIN);
    expect(status).toBe(0);
  }
  for (const name of Object.keys(report.models)) {
    const file = `latest/models/${name}.model.json`;
    expect(read(`with1/${file}`)).toBe(read(`outputs/${file}`));
    expect(read(`with3/${file}`)).toBe(read(`outputs/${file}`));
  }
});

it('scores and explains rows with the blend', () => {
  const model = ['--model', 'outputs/latest/models/ensemble.model.json', '--input', 'data.csv'];
  const scored = churn('predict', ...model, '--explain');
  expect(scored.status).toBe(0);
  const [header, ...rows] = scored.stdout.trimEnd().split('\n');
  expect(header).toMatch(/churn_probability,churn_prediction,churn_reason_1/);
  const right = rows.filter((row) => {
    const [, , , left, , prediction] = row.split(',');
    return (left === 'Yes') === (prediction === '1');
  });
  expect(right.length).toBeGreaterThan(250);
  expect(churn('explain', ...model, '--row', '3').stdout).toMatch(
    /usage is \d+ \(average [^)]+\): (raises|lowers)/,
  );
});

it('continues an interrupted search with its results so far', async () => {
  const args = ['train', '--config', 'churn.yaml', '--preset', 'best', '--out', 'told', ...PLAIN];
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', async (data) => {
    const wasTold = /rows for training/.test(stderr);
    stderr += data;
    if (wasTold || !/rows for training/.test(stderr)) return;
    await setTimeout(200);
    // Shells and package managers tell of one interruption twice.
    child.kill('SIGINT');
    await setTimeout(20);
    child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  expect(stderr).toContain('interrupted: the search ends with its results so far');
  expect(code).toBe(0);
  const { search, leaderboard } = reportOf('told');
  expect(search).toMatchObject({ preset: 'best', endedBy: 'interruption' });
  expect(search.unfinished).toBeGreaterThan(0);
  expect(leaderboard.length).toBeGreaterThan(0);
});

it('ends the search when its time is up', () => {
  const { status } = churn(
    ...['train', '--config', 'churn.yaml', '--preset', 'best', '--time', '2s', '--out', 'timed', ...PLAIN],
  );
  expect(status).toBe(0);
  const { search, best, models } = reportOf('timed');
  expect(search).toMatchObject({ timeLimit: 2, endedBy: 'time' });
  expect(Object.keys(models)).toContain(best);
});

it.each([
  [['--preset', 'better'], /expected one of fast, good, best/],
  [['--time', '5 minutes'], /expected a duration such as 90s, 5m, 1h or 30d/],
])('rejects %j', (args, message) => {
  const { status, stderr } = churn('train', '--config', 'churn.yaml', ...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});
