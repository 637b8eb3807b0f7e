import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { blocks, codeBlocks } from './code-blocks.js';
import { installInto, PACKAGES, pack } from './packed-packages.js';
import { chromium, hasBrowser, root, run } from './process.js';

/**
 * The recipes of `docs/recipes`, with the packed packages and the frameworks that the pages name: some 500 MB of downloads, in a job of
 * their own.
 */
const isOn = process.env.CHECK_RECIPES === '1';
const describeRecipes = isOn ? describe : describe.skip;
const FRAMEWORKS = [
  'fastify@5.12.8',
  'next@16.4.6',
  'react@19',
  'react-dom@19',
  'bun@1',
  'deno@2',
  'vite@8.4.0',
  'vega@6.4.0',
  'vega-lite@6.4.3',
  'vega-embed@7.3.0',
  'esbuild@0.27.7',
  'rollup@4.68.8',
  '@rollup/plugin-node-resolve@16.0.3',
  'webpack@5.113.0',
  'webpack-cli@7.3.1',
  '@observablehq/framework@1.13.4',
  'danfojs@1.2.0',
  '@tensorflow/tfjs@4.22.0',
  'ml-matrix@6.15.1',
  'ml-logistic-regression@2.0.0',
];
/** Of Danfo.js: the registry's version in place of an archive elsewhere. */
const OVERRIDES = { xlsx: '0.18.5' };

const page = (path: string) => readFileSync(join(root, 'docs', path), 'utf8');
const ROW = { plan: 'trial', visits: 3 };

describeRecipes(`the recipes${isOn ? '' : ' (skipped: CHECK_RECIPES=1 downloads the frameworks)'}`, () => {
  let project: string;
  let probability: number;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'churn-recipes-'));
    project = join(folder, 'project');
    const tarballs = pack(folder);
    installInto(project, tarballs, PACKAGES);
    const manifest = join(project, 'package.json');
    const { overrides, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(
      manifest,
      JSON.stringify({ ...rest, type: 'module', overrides: { ...overrides, ...OVERRIDES } }),
    );
    run(
      'npm',
      ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...FRAMEWORKS],
      project,
    );
    writeFiles('recipes/README.md', project);
    run(process.execPath, ['train.mjs'], project);
    writeFileSync(join(project, 'expected.mjs'), EXPECTED);
    probability = Number(run(process.execPath, ['expected.mjs'], project));
    expect(probability).toBeGreaterThan(0.5);
  });

  afterAll(() => {
    if (project) rmSync(dirname(project), { recursive: true });
  });

  /** A folder with the files of a page, and the model. */
  function recipe(path: string): string {
    const at = join(project, path.replace(/\W/g, '-'));
    mkdirSync(at);
    writeFiles(path, at);
    cpSync(join(project, 'churn.model.json'), join(at, 'churn.model.json'));
    return at;
  }

  const bin = (name: string) => join(project, 'node_modules/.bin', name);

  it.each([
    ['Fastify', 'fastify', process.execPath, []],
    ['Bun', 'bun', 'bun', []],
    [
      'Deno',
      'deno',
      'deno',
      ['run', '--node-modules-dir=manual', '--allow-read', '--allow-net', '--allow-env=PORT'],
    ],
  ])('%s scores rows, and reports errors in others', async (_, name, command, args) => {
    const at = recipe(`recipes/${name}.md`);
    const program = existsSync(bin(command)) ? bin(command) : command;
    const server = await listening(program, [...args, 'server.mjs'], at, /listening on port (\d+)/);
    try {
      await expectScores(`http://localhost:${server.port}/predict`);
    } finally {
      server.process.kill();
    }
  });

  it('Next.js builds, scores rows, and has a page', async () => {
    const at = recipe('recipes/nextjs.md');
    run(bin('next'), ['build'], at, { ...process.env, NEXT_TELEMETRY_DISABLED: '1' });
    const server = await listening(bin('next'), ['start', '-p', '0'], at, /localhost:(\d+)/);
    try {
      await expectScores(`http://localhost:${server.port}/api/predict`);
      expect(await (await fetch(`http://localhost:${server.port}/`)).text()).toContain('name="visits"');
    } finally {
      server.process.kill();
    }
  });

  it('AWS Lambda: the bundled handler scores rows', () => {
    const at = recipe('recipes/aws-lambda.md');
    runCommands('recipes/aws-lambda.md', at);
    const invoke = (body: string) => {
      const program = `import { handler } from './dist/index.mjs';
        console.log(JSON.stringify(await handler({ body: ${JSON.stringify(body)} })));`;
      return JSON.parse(run(process.execPath, ['--input-type=module', '--eval', program], at));
    };
    const { statusCode, body } = invoke(JSON.stringify([ROW]));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body).probabilities).toEqual([probability]);
    expect(invoke('{')).toMatchObject({ statusCode: 400 });
  });

  it('esbuild, Rollup and webpack bundle a standalone program', () => {
    const at = recipe('recipes/bundlers.md');
    runCommands('recipes/bundlers.md', at);
    const alone = mkdtempSync(join(tmpdir(), 'churn-bundled-'));
    cpSync(join(at, 'dist'), alone, { recursive: true });
    for (const bundle of ['esbuild.mjs', 'rollup/score.js', 'webpack.mjs']) {
      writeFileSync(join(alone, 'package.json'), '{ "type": "module" }');
      expect([bundle, run(process.execPath, [bundle], alone)]).toEqual([bundle, "[ 'leaves' ]\n"]);
    }
    rmSync(alone, { recursive: true });
  });

  const inBrowser = hasBrowser ? it : it.skip;
  inBrowser('Vite: the built page trains and draws (skipped where there is no Chromium)', async () => {
    const at = recipe('recipes/vite.md');
    run(bin('vite'), ['build'], at);
    const server = await listening(bin('vite'), ['preview', '--port', '0'], at, /localhost:(\d+)/);
    const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    try {
      const tab = await browser.newPage();
      await tab.goto(`http://localhost:${server.port}/`);
      await tab.setInputFiles('#file', join(root, 'data/bank_data.csv'));
      await tab.waitForSelector('#chart svg');
      expect(await tab.textContent('#summary')).toMatch(/^ROC AUC 0\.\d+ on 10127 rows, for "/);
    } finally {
      await browser.close();
      server.process.kill();
    }
  });

  const withCdn = process.env.CHECK_CDN === '1' ? it : it.skip;
  withCdn('Observable Framework builds the page and its data (skipped: CHECK_CDN=1 asks jsDelivr)', () => {
    const at = recipe('recipes/observable.md');
    run(bin('observable'), ['build'], at, { ...process.env, OBSERVABLE_TELEMETRY_DISABLE: 'true' });
    expect(readFileSync(join(at, 'dist/index.html'), 'utf8')).toContain('Customers');
  });

  const python = process.env.JUPYTER_PYTHON;
  (python ? it : it.skip)(
    "the notebook shows its outputs in Deno's kernel (skipped: JUPYTER_PYTHON is a Python with nbconvert)",
    () => {
      const at = join(project, 'notebook');
      mkdirSync(at);
      writeFileSync(join(at, 'deno.json'), '{ "nodeModulesDir": "manual" }');
      cpSync(join(root, 'examples/deno-notebook/customers.ipynb'), join(at, 'customers.ipynb'));
      const path = `${join(project, 'node_modules/.bin')}:${process.env.PATH}`;
      const env = { ...process.env, PATH: path, HOME: at };
      run(bin('deno'), ['jupyter', '--install'], at, env);
      const execute = [
        '-m',
        'nbconvert',
        '--to',
        'notebook',
        '--execute',
        '--output',
        'out',
        'customers.ipynb',
      ];
      const expected = mediaTypes(join(root, 'examples/deno-notebook/customers.ipynb'));
      let found: string[][] = [];
      // The kernel may send a result only after it has said that it is idle; nbconvert then drops it.
      for (let attempt = 0; attempt < 5 && found.length < expected.length; attempt++) {
        run(python as string, execute, at, env);
        found = mediaTypes(join(at, 'out.ipynb'));
      }
      expect(found).toEqual(expected);
    },
  );

  it('the tutorial on other libraries prints the output shown', () => {
    const text = page('tutorials/from-javascript-libraries.md');
    writeFileSync(join(project, 'libraries.mjs'), blocks(text, 'js'));
    expect(run(process.execPath, ['libraries.mjs'], project)).toBe(blocks(text, 'text'));
  });

  /** Posts a row, and what is no row. */
  async function expectScores(address: string): Promise<void> {
    const post = (body: unknown) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const good = await post([ROW]);
    expect((await good.json()) as object).toMatchObject({ probabilities: [probability] });
    const bad = await post([{ plan: 'trial' }]);
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain('visits');
  }

  /** The commands of a page that neither install nor serve. */
  function runCommands(path: string, at: string): void {
    const lines = blocks(page(path), 'sh').split('\n');
    for (const line of lines.filter((each) => /^(npx (esbuild|rollup|webpack)|cp) ?/.test(each)))
      run('bash', ['-c', line], at);
  }
});

/** Blocks that begin with the name of a file, as a comment, are that file. */
function writeFiles(path: string, at: string): void {
  const text = page(path);
  const nested = /^````md\n<!-- (\S+) -->\n([\s\S]*?)^````$/m.exec(text);
  const files = codeBlocks(text.replace(nested?.[0] ?? '', '')).flatMap(({ code }) => {
    const name = /^(?:\/\/|<!--) (\S+\.\w+)(?: -->)?\n/.exec(code)?.[1];
    return name ? [[name, code]] : [];
  });
  if (nested) files.push([nested[1], nested[2]]);
  for (const [name, code] of files) {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), code);
  }
}

/** A server that has said its port. */
function listening(
  command: string,
  args: readonly string[],
  cwd: string,
  said: RegExp,
): Promise<{ readonly process: ChildProcess; readonly port: string }> {
  const env = { ...process.env, PORT: '0', NO_COLOR: '1' };
  const server = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let printed = '';
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text) => {
        printed += text;
        const found = said.exec(printed);
        if (found) resolve({ process: server, port: found[1] });
      });
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`ended: ${printed}`)));
  });
}

/** The media types of each output of a notebook. */
function mediaTypes(file: string): string[][] {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly cells: { readonly outputs?: { readonly data?: object }[] }[];
  };
  return cells.flatMap(({ outputs = [] }) => outputs.map(({ data = {} }) => Object.keys(data).sort()));
}

const EXPECTED = `
import { Table } from '@churn/core';
import { loadModel } from '@churn/io';
import { GradientBoostingClassifier } from '@churn/models';
const { model } = await loadModel('churn.model.json', [GradientBoostingClassifier]);
console.log(model.predictProba(Table.fromRows([${JSON.stringify(ROW)}]))[1][0]);
`;
