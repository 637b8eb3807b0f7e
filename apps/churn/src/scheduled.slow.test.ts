import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readHistory } from './registry/alias-history';
import { BIN } from './testing/bin';

/** The scheduled training of the examples: its job, and what runs it. */
const ROOT = join(__dirname, '../../..');
const EXAMPLE = join(ROOT, 'examples/scheduled');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-scheduled-'));
  for (const file of ['churn.yaml', 'retrain.sh']) cpSync(join(EXAMPLE, file), join(folder, file));
  mkdirSync(join(folder, 'data'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the job from elsewhere, as cron does. */
function retrain(churn: string) {
  const env = { ...process.env, CHURN: churn, CHURN_USER: 'cron' };
  return spawnSync('sh', [join(folder, 'retrain.sh')], { encoding: 'utf8', env, cwd: tmpdir() });
}

it('promotes a model that is better on rows that neither was trained on, and otherwise keeps the champion', async () => {
  const [header, ...rows] = readFileSync(join(ROOT, 'data/bank_data.csv'), 'utf8').trimEnd().split('\n');
  const write = (file: string, from: number, to: number) =>
    writeFileSync(join(folder, 'data', file), `${[header, ...rows.slice(from, to)].join('\n')}\n`);
  const config = readFileSync(join(folder, 'churn.yaml'), 'utf8');
  writeFileSync(
    join(folder, 'churn.yaml'),
    `${config.replace('GradientBoostingClassifier', 'LogisticRegression, C: 1')}\ncrossValidation: { folds: 2 }\n`,
  );
  const history = async () => (await readHistory(join(folder, 'registry'), 'champion')).entries;
  const churn = `${process.execPath} ${BIN}`;
  write('holdout.csv', 9000, 10_127);

  write('labelled.csv', 0, 1000);
  const first = retrain(churn);
  expect(`${first.status} ${first.stderr}`).toMatch(/^0 /);
  expect(await history()).toMatchObject([
    { who: 'cron', why: expect.stringMatching(/^scheduled on \d{4}-\d\d-\d\d$/) },
  ]);

  // Of few rows: it is worse.
  write('labelled.csv', 3000, 3150);
  const second = retrain(churn);
  expect(second.status).toBe(0);
  expect(second.stderr).toMatch(/is not promoted\n {2}logLoss is 0\.\d+ worse/);
  expect(await history()).toHaveLength(1);

  write('labelled.csv', 0, 3000);
  write('new.csv', 5000, 6000);
  const third = retrain(churn);
  expect(`${third.status} ${third.stderr}`).toMatch(/^0 /);
  expect(third.stdout).toMatch(/None of 19 columns drifted/);
  const [, last] = await history();
  expect(last).toMatchObject({ replaces: 1, gate: { passed: true, comparedOn: { rows: 1127 }, notes: [] } });
});

it.each([
  ['all is well', {}, 0, ['train', 'promote', 'monitor']],
  ['the gate keeps the champion', { promote: 2 }, 0, ['train', 'promote', 'monitor']],
  ['the new rows raise an alert', { monitor: 2 }, 2, ['train', 'promote', 'monitor']],
  ['the training fails', { train: 1 }, 1, ['train']],
  ['the promotion fails', { promote: 1 }, 1, ['train', 'promote']],
])('ends correctly if %s', (_, codes: Readonly<Record<string, number>>, status, called) => {
  writeFileSync(join(folder, 'data/new.csv'), '');
  const cases = Object.entries(codes).map(([command, code]) => `${command}) exit ${code};;`);
  const stub = join(folder, 'churn');
  writeFileSync(stub, `#!/bin/sh\necho "$1" >> "${folder}/called"\ncase $1 in ${cases.join(' ')} esac\n`);
  chmodSync(stub, 0o755);
  expect(retrain(stub).status).toBe(status);
  expect(readFileSync(join(folder, 'called'), 'utf8').trim().split('\n')).toEqual(called);
});

it('has the same schedule in cron and on GitHub, whose actions are pinned', () => {
  const text = readFileSync(join(EXAMPLE, 'retrain.yml'), 'utf8');
  const { on, jobs } = parse(text);
  const line = readFileSync(join(EXAMPLE, 'crontab'), 'utf8').trim().split('\n').at(-1) as string;
  expect(line.split(/\s+/).slice(0, 5).join(' ')).toBe(on.schedule[0].cron);
  const { steps } = jobs.retrain;
  expect(
    steps.map(({ run }: { run?: string }) => run).filter((run?: string) => run?.includes('retrain.sh')),
  ).toEqual(['sh retrain.sh']);
  const ci = readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8');
  for (const [, action] of text.matchAll(/uses: (.*)/g)) expect(ci).toContain(action);
  for (const script of [line.split('  ')[1], ...steps.flatMap(({ run }: { run?: string }) => run ?? [])]) {
    const { status, stderr } = spawnSync('sh', ['-n', '-c', script], { encoding: 'utf8' });
    expect(`${status} ${stderr}`).toBe('0 ');
  }
});

it('has a recipe for its data: new rows have no labels, and no row is in two files', () => {
  const readme = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
  const [, recipe] = /^```sh\n([\s\S]*?)^```$/m.exec(readme) as RegExpExecArray;
  const commands = recipe.split('\n').filter((line) => !line.startsWith('CHURN='));
  mkdirSync(join(folder, 'repository'));
  cpSync(join(ROOT, 'data/bank_data.csv'), join(folder, 'repository/data/bank_data.csv'));
  const options = { cwd: join(folder, 'repository'), encoding: 'utf8' } as const;
  expect(spawnSync('sh', ['-ec', commands.join('\n')], options)).toMatchObject({ status: 0, stderr: '' });

  const linesOf = (file: string) =>
    readFileSync(join(folder, 'repository', file), 'utf8')
      .trimEnd()
      .split('\n');
  const all = linesOf('data/bank_data.csv');
  const made = (name: string) => linesOf(`examples/scheduled/data/${name}.csv`);
  const { target } = parse(readFileSync(join(EXAMPLE, 'churn.yaml'), 'utf8')).data;
  const columns = all[0].split(',');
  const unlabelled = (line: string) =>
    line
      .split(',')
      .filter((_, i) => columns[i] !== target)
      .join(',');
  expect(columns).toContain(target);
  const [labelled, holdout, fresh] = [made('labelled'), made('holdout'), made('new')];
  expect([...labelled, ...holdout.slice(1)]).toEqual(all.slice(0, 9001));
  expect(fresh).toEqual([all[0], ...all.slice(9001)].map(unlabelled));
});
