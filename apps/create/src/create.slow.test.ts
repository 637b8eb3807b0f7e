import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, USAGE } from './arguments.js';
import { createProject } from './create-project.js';
import { headerOf } from './header.js';
import { packageName } from './project-files.js';

const folder = mkdtempSync(join(tmpdir(), 'churn-create-'));
const data = join(folder, 'customers of 2026.csv');
const CLI = join(__dirname, '../../churn');

beforeAll(() => {
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${'AB'[i % 2]},${(i * 37) % 100},${(i * 37) % 100 > 55 + (i % 9) ? 'yes' : 'no'}`,
  );
  writeFileSync(data, `plan,usage,left\n${rows.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A replacement for npm that links the command of the workspace. */
function link(project: string) {
  mkdirSync(join(project, 'node_modules/@churn'), { recursive: true });
  symlinkSync(CLI, join(project, 'node_modules/@churn/cli'));
}

describe('a project created from data', () => {
  const project = join(folder, 'My case');
  const manifest = () => JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const script = (name: string) => {
    const bin = join(project, 'bin');
    mkdirSync(bin, { recursive: true });
    if (!existsSync(join(bin, 'churn'))) symlinkSync(join(CLI, 'bin/churn.js'), join(bin, 'churn'));
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    return execFileSync('sh', ['-c', manifest().scripts[name]], { cwd: project, env, encoding: 'utf8' });
  };

  beforeAll(() => {
    createProject({ folder: project, data, init: { target: 'left' } }, link);
    // Training the default models would take too long.
    const config = join(project, 'config/churn.yaml');
    const quick = 'models:\n  logistic: { type: LogisticRegression }';
    writeFileSync(config, readFileSync(config, 'utf8').replace('models: auto', quick));
  });

  it('has a configuration and the files of a repository', () => {
    expect(readFileSync(join(project, 'config/churn.yaml'), 'utf8')).toContain(
      'file: data/customers of 2026.csv',
    );
    expect(manifest()).toMatchObject({
      name: 'my-case',
      private: true,
      dependencies: { '@churn/cli': expect.any(String) },
    });
    expect(readFileSync(join(project, '.gitignore'), 'utf8')).toBe('node_modules/\noutputs/\n');
    expect(readFileSync(join(project, 'README.md'), 'utf8')).toContain('npm run campaign');
  });

  it('pins the actions of its workflow by commit', () => {
    const workflow = readFileSync(join(project, '.github/workflows/train.yml'), 'utf8');
    const actions = Array.from(workflow.matchAll(/uses: *(.*)/g), ([, action]) => action);
    expect(actions.length).toBeGreaterThan(2);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('trains, lists a campaign and passes its test, which predicts', () => {
    script('train');
    expect(existsSync(join(project, 'outputs/latest/report.html'))).toBe(true);
    script('campaign');
    expect(existsSync(join(project, 'outputs/campaign.html'))).toBe(true);
    expect(script('test')).toMatch(/pass 1\n/);
  });
});

/** Replaces the command by a program. */
const stub = (program: string) => (project: string) => {
  const bin = join(project, 'node_modules/@churn/cli/bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'churn.cjs'), program);
  writeFileSync(join(bin, 'churn.js'), "import './churn.cjs';");
};

it('a project without data starts with generated customers, and asks nothing about them', () => {
  const project = join(folder, 'example');
  const note = "require('fs').writeFileSync('asked', JSON.stringify(process.argv.slice(2)))";
  const scripts = createProject({ folder: project, init: {} }, stub(note));
  const data = ['--data', 'data/customers.csv'];
  expect(JSON.parse(readFileSync(join(project, 'asked'), 'utf8'))).toEqual([
    ...['init', ...data, '--target', 'Attrition_Flag', '--positive', 'Attrited Customer'],
  ]);
  expect(readFileSync(join(project, 'data/customers.csv'), 'utf8').split('\n')).toHaveLength(2002);
  expect(scripts).toEqual(['train', 'predict', 'campaign', 'serve']);
});

describe('nothing is created', () => {
  it('in a folder that contains files', () => {
    expect(() => createProject({ folder, data, init: {} }, link)).toThrow(
      `${folder}: expected a new or empty folder, got one with files`,
    );
  });

  it('from a file that does not exist', () => {
    expect(() => createProject({ folder: join(folder, 'new'), data: 'none.csv', init: {} }, link)).toThrow(
      'none.csv: there is no such file',
    );
  });

  it('if a step fails, and the folder is removed', () => {
    const init = { target: 'lef' };
    expect(() => createProject({ folder: join(folder, 'new'), data, init }, stub('process.exit(1)'))).toThrow(
      'the project was not created: node node_modules/@churn/cli/bin/churn.js init failed',
    );
    expect(readdirSync(folder)).not.toContain('new');
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(() => createProject({ folder: empty, data, init }, stub('process.exit(1)'))).toThrow(
      'init failed',
    );
    expect(readdirSync(empty)).toEqual([]);
  });

  it('if Ctrl+C ends a step, and the folder is removed', () => {
    const bin = mkdtempSync(join(folder, 'bin-'));
    // As on a terminal, where both get the signal.
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\nkill -INT $PPID\nkill -INT $$\n', { mode: 0o755 });
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    const create = [join(__dirname, '../bin/create.js'), join(folder, 'new'), '--data', data];
    const { status, stderr } = spawnSync(process.execPath, create, { encoding: 'utf8', env });
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'interrupted; the project was not created\n' });
    expect(readdirSync(folder)).not.toContain('new');
  });
});

it('the command line names a folder, the data and options of churn init', () => {
  expect(readArguments(['case', '--data', 'a.csv', '--target', 'left', '--positive=yes'])).toEqual({
    folder: 'case',
    data: 'a.csv',
    init: { target: 'left', positive: 'yes' },
    help: false,
  });
  expect(readArguments(['-h']).help).toBe(true);
  expect(USAGE).toContain('--duration');
  expect(() => readArguments(['a', 'b'])).toThrow('expected one folder, got "a" and "b"');
  expect(() => readArguments(['--targt', 'left'])).toThrow("Unknown option '--targt'");
});

it('column choices are read from the first line', () => {
  const file = join(folder, 'head.csv');
  writeFileSync(file, '\uFEFF"plan";usage;left\r\nA;1;yes\r\n');
  expect(headerOf(file)).toEqual(['plan', 'usage', 'left']);
  writeFileSync(file, 'PAR1');
  expect(headerOf(file)).toEqual([]);
});

it.each([
  ['My case', 'my-case'],
  ['_2026 Ünits!', '2026-units'],
  ['Große Fälle', 'grosse-falle'],
  ['Łódź', 'lodz'],
  ['...', 'business-case'],
])('the package of the folder %j is named %s', (name, expected) => {
  expect(packageName(name)).toBe(expected);
});
