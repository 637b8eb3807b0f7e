import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLASSIFIERS, modelFile, type Report, scoreFile } from '../test/strict-policy/models';
import { chromium, hasBrowser, root, run } from './process';
import { workerd } from './workerd';

const folder = mkdtempSync(join(tmpdir(), 'churn-strict-policy-'));
const names = Object.keys(CLASSIFIERS);
/** What the models give in Node, which compiles WebAssembly. */
const files: Record<string, string> = {};
const inNode: Record<string, string> = {};

beforeAll(async () => {
  for (const name of names) {
    files[name] = await modelFile(name);
    inNode[name] = await scoreFile(files[name]);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Bundles one of the scripts for a place, with a configuration of the bundler's that anybody could have. */
function bundle(script: string, to: string, ...options: readonly string[]): void {
  const args = ['--bundle', '--format=esm', '--platform=browser', '--target=es2022', `--outfile=${to}`];
  const file = join(root, 'checks/test/strict-policy', script);
  run(join(root, 'checks/node_modules/.bin/esbuild'), [...args, ...options, file], root);
}

function inWorkerd(name: string, modules: readonly string[], ...options: readonly string[]): Report {
  const project = join(folder, name);
  mkdirSync(project);
  bundle('worker.ts', join(project, 'worker.js'), ...options);
  for (const file of modules) cpSync(join(root, 'packages/models/dist/workerd', file), join(project, file));
  writeFileSync(join(project, 'files.json'), JSON.stringify(files));
  const wasm = modules.map((file) => `(name = "${file}", wasm = embed "${file}"),`).join('\n');
  writeFileSync(
    join(project, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js"), ${wasm}],
  bindings = [(name = "FILES", text = embed "files.json")],
  compatibilityDate = "2026-01-01",
))]);`,
  );
  const shown = run(workerd as string, ['test', 'config.capnp'], project);
  return JSON.parse(shown.split('\n').find((line) => line.startsWith('{')) ?? 'null');
}

/** Which models say that they cannot be fitted where bytes do not become WebAssembly. */
function expectNoneFittedButPlain(fitted: Report['fitted']): void {
  const { 'a baseline': baseline, 'logistic regression': regression, ...others } = fitted;
  expect(baseline).toBe(inNode['a baseline']);
  expect(regression).toBe(inNode['logistic regression']);
  expect(Object.keys(others)).toHaveLength(names.length - 2);
  for (const why of Object.values(others)) {
    expect(why).toMatch(/^ChurnError unsupported: fitting this model needs WebAssembly/);
  }
}

const withWorkerd = workerd ? describe : describe.skip;
withWorkerd(`in workerd${workerd ? '' : ' (skipped: it has no binary that runs here)'}`, () => {
  it('models score identically without WebAssembly, and those that cannot be fitted say so', () => {
    const { compilesBytes, scored, fitted } = inWorkerd('bytes', []);
    expect(compilesBytes).toBe(false);
    expect(scored).toEqual(inNode);
    expectNoneFittedButPlain(fitted);
  });

  it('models score and fit identically with the modules of the condition "workerd"', () => {
    const modules = readdirSync(join(root, 'packages/models/dist/workerd')).filter((name) =>
      name.endsWith('.wasm'),
    );
    const conditions = ['--conditions=workerd,worker', '--external:*.wasm'];
    const { compilesBytes, scored, fitted } = inWorkerd('modules', modules, ...conditions);
    expect(modules.length).toBeGreaterThan(0);
    expect(compilesBytes).toBe(false);
    expect(scored).toEqual(inNode);
    expect(fitted).toEqual(inNode);
  });
});

const inBrowser = hasBrowser ? describe : describe.skip;
const why = hasBrowser ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)';
inBrowser(`in a page whose policy is default-src 'self'${why}`, () => {
  it('models score identically without WebAssembly, and those that cannot be fitted say so', () => {
    const site = join(folder, 'site');
    mkdirSync(site);
    bundle('page.ts', join(site, 'page.js'));
    writeFileSync(join(site, 'files.json'), JSON.stringify(files));
    writeFileSync(
      join(site, 'index.html'),
      '<!doctype html><title>Strict</title><script type="module" src="/page.js"></script>',
    );
    const script = join(root, 'checks/test/strict-policy/open-page.mjs');
    const { compilesBytes, scored, fitted }: Report = JSON.parse(
      run(process.execPath, [script, site, chromium ?? 'chromium'], folder),
    );
    expect(compilesBytes).toBe(false);
    expect(scored).toEqual(inNode);
    expectNoneFittedButPlain(fitted);
  });
});
