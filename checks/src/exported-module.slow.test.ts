import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Classifier,
  type FittedClassifier,
  type FittedPipeline,
  Pipeline,
  Random,
  Table,
} from '@churn/core';
import { lower, toJavaScript } from '@churn/exchange';
import { GradientBoostingClassifier, KNeighborsClassifier, SVC } from '@churn/models';
import {
  DateParts,
  MeanImputer,
  OneHotEncoder,
  QuantileTransformer,
  StandardScaler,
} from '@churn/transforms';
import { chromium, hasBrowser, root, run } from './process';
import { workerd } from './workerd';

const folder = mkdtempSync(join(tmpdir(), 'churn-exported-'));
afterAll(() => rmSync(folder, { recursive: true }));

function customers(nRows: number, seed: number): Table {
  const random = new Random(seed);
  const maybe = <T>(value: T): T | null => (random.uniform() < 0.1 ? null : value);
  const each = <T>(draw: () => T) => Array.from({ length: nRows }, () => maybe(draw()));
  return Table.fromColumns({
    age: each(() => 20 + random.int(50)),
    usage: each(() => 1000 * random.uniform() * random.uniform()),
    plan: each(() => ['basic', 'plus', "the 'best'"][random.int(3)]),
    joined: each(() => `20${10 + random.int(15)}-0${1 + random.int(9)}-1${random.int(10)}`),
  });
}

const x = customers(400, 1);
const y = x.toRows().map(({ age, plan }) => Number(Number(age ?? 40) + (plan === 'plus' ? 20 : 0) > 50));
const rows = customers(200, 2);
const dates = () => new DateParts({ columns: ['joined'], invalid: 'missing' });
const fit = (model: Classifier): FittedPipeline<FittedClassifier> =>
  new Pipeline(
    [dates(), new MeanImputer(), new OneHotEncoder(), new QuantileTransformer(), new StandardScaler()],
    model,
  ).fit(x, y);

/** Together they need most of the functions that a module may carry. */
const models = {
  boosting: new Pipeline([dates()], new GradientBoostingClassifier()).fit(x, y),
  svm: fit(new SVC()),
  neighbours: fit(new KNeighborsClassifier({ weights: 'distance' })),
};
const names = Object.keys(models) as (keyof typeof models)[];
const modules = names.map((name) => ({ name, ...toJavaScript(lower(models[name]), { name }) }));

/** A script that answers with what each module says of the rows. */
const SCRIPT = `${names.map((name) => `import * as ${name} from "./${name}.js";`).join('\n')}
const rows = ${JSON.stringify(rows.toRows())};
export const said = { ${names.map((name) => `${name}: ${name}.predict(rows).map(({ probability }) => probability)`).join(', ')} };
`;

function expectSame(said: Record<string, readonly number[]>): void {
  for (const name of names) {
    const [, expected] = models[name].predictProba(rows);
    expect(said[name]).toHaveLength(rows.nRows);
    const gaps = said[name].map((probability, row) => Math.abs(probability - expected[row]));
    expect(Math.max(...gaps)).toBeLessThan(1e-12);
  }
}

function write(to: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(to);
  for (const { name, code } of modules) writeFileSync(join(to, `${name}.js`), code);
  writeFileSync(join(to, 'said.js'), SCRIPT);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(to, file), text);
}

test('exported modules take at most 20 kB besides packed numbers: trees, rows and quantiles', () => {
  for (const { code } of modules) {
    expect(code.replace(/"[A-Za-z0-9+/]{40,}"/g, '""').length).toBeLessThan(20_000);
  }
});

test('their types pass strict checks', () => {
  const to = join(folder, 'types');
  mkdirSync(to);
  for (const { name, code, types } of modules) {
    writeFileSync(join(to, `${name}.js`), code);
    writeFileSync(join(to, `${name}.d.ts`), types);
  }
  writeFileSync(
    join(to, 'use.ts'),
    `import { classes, predict, type Result } from './svm.js';
const one: Result = predict({ age: 41, plan: null });
const several: readonly Result[] = predict([{ usage: 3 }]);
const label: 0 | 1 | undefined = classes[0];
export const all: number[] = [one.probability, ...several.map(({ prediction }) => prediction), label ?? 0];
// @ts-expect-error a number is no text
predict({ age: 'forty' });
`,
  );
  const options = [
    '--strict',
    '--noEmit',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--noUncheckedIndexedAccess',
  ];
  writeFileSync(join(to, 'package.json'), '{ "type": "module" }');
  expect(run(join(root, 'node_modules/.bin/tsgo'), [...options, 'use.ts'], to)).toBe('');
});

const withWorkerd = workerd ? test : test.skip;
withWorkerd(
  `exported modules run in workerd${workerd ? '' : ' (skipped: it has no binary that runs here)'}`,
  () => {
    const to = join(folder, 'workerd');
    write(to, {
      'worker.js': `import { said } from "./said.js";
export default { test() { console.log(JSON.stringify(said)); } };`,
      'config.capnp': `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [${['worker', 'said', ...names].map((name) => `(name = "${name}.js", esModule = embed "${name}.js")`).join(', ')}],
  compatibilityDate = "2026-01-01",
))]);`,
    });
    const shown = run(workerd as string, ['test', 'config.capnp'], to);
    expectSame(JSON.parse(shown.split('\n').find((line) => line.startsWith('{')) ?? '{}'));
  },
  60_000,
);

const inBrowser = hasBrowser ? test : test.skip;
inBrowser(
  `exported modules run in a page whose policy is default-src 'self'${hasBrowser ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)'}`,
  () => {
    const to = join(folder, 'site');
    write(to, {
      'page.js': `import { said } from "./said.js";
fetch("/", { method: "POST", body: JSON.stringify(said) });`,
      'index.html': '<!doctype html><title>Exported</title><script type="module" src="/page.js"></script>',
    });
    const script = join(root, 'checks/test/strict-policy/open-page.mjs');
    expectSame(JSON.parse(run(process.execPath, [script, to, chromium ?? 'chromium'], folder)));
  },
  60_000,
);
