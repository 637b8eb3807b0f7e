import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCsv } from '@churn/io';
import { parse, stringify } from 'yaml';
import { browsed, inBrowser, why } from '../../../../packages/eda/test/report/browser';
import { BIN } from '../testing/bin';

/** Names that come from data and configuration do nothing in what a training writes and shows. */
const RUN = `(globalThis.hacked=1,document.documentElement.setAttribute('hacked',1))`;
const FORGED = '\n2026-01-01T00:00:00.000Z error: forged';
const STEER = '\u001b[2J\u001b]0;hacked\u0007\u009b31m\r';
const COLUMNS = [
  `<script>${RUN}</script>`,
  `"><img src="https://a.example/1" onerror="${RUN}">`,
  `]]></style></text></svg><script>${RUN}</script> on=`,
  `a|b\`c\`[d](https://a.example/2)![e](f)<b>**${FORGED}`,
  `g${STEER}\u202e`,
];
const TARGET = `left<script>${RUN}</script>${STEER}`;
const [STAYS, LEAVES] = [`no${STEER}${FORGED}\n\`\`\`\n# h`, `yes" onload="${RUN}`];
const FILE = `data<b>\u001b[31m${'`'}|.csv`;

interface Token {
  readonly type: string;
  readonly children: readonly Token[] | null;
}

let folder: string;
let shown: { readonly stdout: string; readonly stderr: string; readonly status: number | null };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-hostile-'));
  const rows = Array.from({ length: 200 }, (_, i) => {
    const levels = COLUMNS.slice(1).map((_, j) => COLUMNS[(i + j + (i % 7)) % COLUMNS.length]);
    const usage = (i * 37) % 100;
    return [String(usage), ...levels, usage + ((i * 13) % 40) > 85 ? LEAVES : STAYS];
  });
  writeFileSync(join(folder, FILE), formatCsv([...COLUMNS, TARGET], rows));
  const config = {
    data: { file: FILE, target: TARGET, positive: LEAVES },
    crossValidation: { folds: 2 },
    workers: 1,
    models: {
      forest: { type: 'RandomForestClassifier', nEstimators: 10 },
      ridge: { type: 'LogisticRegression' },
    },
    eda: { figures: { a: COLUMNS[0], b: COLUMNS[3], c: COLUMNS[4], gone: `gone${STEER}${FORGED}` } },
    output: { sample: { file: 'sample.csv', rows: 20 } },
  };
  writeFileSync(join(folder, 'churn.yaml'), stringify(config));
  shown = spawnSync(process.execPath, [BIN, 'train', '--config', 'churn.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

const latest = (file: string) => readFileSync(join(folder, 'outputs/latest', file), 'utf8');
/** Control characters but ends of lines, and overrides of the direction. */
const STEERING = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e]/u;

it('a training shows them as text, and logs no extra entries', () => {
  expect(`${shown.status} ${shown.stderr}`).toMatch(/^0 /);
  expect(shown.stderr).toContain('hacked');
  const explained = spawnSync(process.execPath, [BIN, 'explain', '--config', 'churn.yaml', '--input', FILE], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(explained.stderr).toBe('');
  expect(explained.stdout).toContain('script');
  for (const text of [shown.stdout, shown.stderr, explained.stdout, latest('churn.log')]) {
    expect(text).not.toMatch(STEERING);
    expect(text).not.toMatch(/^(\S+Z )?error: /m);
  }
});

it.each([
  ['a missing column', ['--data', FILE, '--config', 'wrong.yaml']],
  ['a missing file', ['--data', `gone${STEER}.csv`]],
  ['a missing configuration', ['--config', `gone${STEER}${FORGED}`]],
  ['an unknown option', [`--gone${STEER}`]],
])('an error message shows them as text: %s', (_, args) => {
  writeFileSync(
    join(folder, 'wrong.yaml'),
    stringify({
      data: { file: FILE, target: `gone${STEER}` },
      models: { a: { type: 'LogisticRegression' } },
    }),
  );
  const given = args.includes('--config') ? args : ['--config', 'churn.yaml', ...args];
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'train', ...given], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('\\u001b');
  expect(stderr).not.toMatch(STEERING);
  expect(stderr).not.toMatch(/^\S+Z error: /m);
});

it('the Markdown report keeps its outline', () => {
  const report = latest('models/training_report.md');
  expect(report.match(/^#+ .*$/gm)).toEqual([
    '# Training report',
    '## Models',
    '## Leaderboard',
    '## Best parameters',
    '## Test rows by class',
    '## Error slices: where the model performs worst',
    '## Data warnings',
    '## How the columns were read',
    '## Training details',
  ]);
  expect(report.match(/^````$/gm)).toHaveLength(4);
  expect(report).not.toMatch(STEERING);
  const reader = new (jest.requireActual('markdown-it'))({ html: true, linkify: true });
  const types = reader
    .parse(report, {})
    .flatMap(({ type, children }: Token) => [type, ...(children ?? []).map((child) => child.type)]);
  expect(types.filter((type: string) => /html|link|image|^(s|em)_open|^hr/.test(type))).toEqual([]);
});

describe('a promotion', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args, '--config', 'gated.yaml'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CHURN_USER: `ann${STEER}${FORGED}` },
    });

  beforeAll(() => {
    const groups = COLUMNS.map((name) => name.trim());
    const gated = {
      ...parse(readFileSync(join(folder, 'churn.yaml'), 'utf8')),
      registry: { gate: { groups } },
    };
    writeFileSync(join(folder, 'gated.yaml'), stringify(gated));
    const { status, stderr } = run('promote', 'latest', '--as', 'champion', '--why', `why${STEER}${FORGED}`);
    expect(`${status} ${stderr}`).toBe('0 ');
  });

  it('shows them as text', () => {
    const { status, stdout } = run('registry');
    expect(status).toBe(0);
    expect(stdout).toContain('why\\u001b');
    expect(stdout).not.toMatch(STEERING);
    expect(stdout).not.toMatch(/^\S+Z error: /m);
  });

  it.each([
    ['champion', ['By group', 'When it was promoted']],
    ['latest', []],
  ])('keeps the outline and front matter of its card: %s', (name, more) => {
    const { status, stdout } = run('card', name);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(STEERING);
    const [, front, text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(stdout) ?? [];
    expect(text.match(/^#+ .*$/gm)).toEqual([
      expect.stringMatching(/^# (forest|ridge)$/),
      ...['Use', 'Data', 'Figures', ...more, 'Limits', 'How to use it', 'Training details'].map(
        (each) => `## ${each}`,
      ),
    ]);
    const { 'model-index': index, metrics, ...facts } = parse(front);
    expect(facts).toEqual({
      license: 'unknown',
      library_name: 'churn',
      pipeline_tag: 'tabular-classification',
      tags: ['tabular-classification', 'churn'],
    });
    const [{ dataset, metrics: figures }] = index[0].results;
    expect(dataset.name).toBe(FILE.replace('\u001b', '\\u001b'));
    expect(figures.map(({ type }: { type: string }) => type)).toEqual(metrics);
    const reader = new (jest.requireActual('markdown-it'))({ html: true, linkify: true });
    const types = reader
      .parse(text, {})
      .flatMap(({ type, children }: Token) => [type, ...(children ?? []).map((child) => child.type)]);
    expect(types.filter((type: string) => /html|link|image|^(s|em)_open|^hr/.test(type))).toEqual([]);
  });
});

inBrowser(`in Chromium${why}`, () => {
  it('the page and all figures run no script and send no request', () => {
    const at = join(folder, 'outputs/latest');
    const files = readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(html|svg)$/.test(name),
    );
    expect(files.length).toBeGreaterThan(15);
    const documents = files.map((name) => ({ name: name.replace(/[\\/]/g, '-'), content: latest(name) }));
    expect(browsed('inert.mjs', JSON.stringify(documents))).toEqual({ opened: files.length, happened: [] });
  });
});
