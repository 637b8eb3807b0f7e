import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const PACKAGES = ['core', 'transforms', 'models', 'selection', 'eda', 'io'] as const;

const folder = mkdtempSync(join(tmpdir(), 'churn-packages-'));
const tarballs = new Map<string, string>();

beforeAll(() => {
  for (const name of PACKAGES) {
    const [{ filename }] = JSON.parse(
      run('npm', ['pack', '--json', '--pack-destination', folder], join(root, 'packages', name)),
    );
    tarballs.set(name, join(folder, filename));
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}: ${stdout}\n${stderr}`);
  }
}

const bin = (name: string) => join(root, 'node_modules/.bin', name);

describe.each(PACKAGES)('the packed @churn/%s', (name) => {
  it('is as publint and arethetypeswrong want it', () => {
    const file = tarballs.get(name) as string;
    run(bin('publint'), [file, '--strict'], folder);
    run(bin('attw'), [file, '--profile', 'node16', '--no-emoji'], folder);
  }, 60_000);

  it('has its licence and no sources of tests', () => {
    const files = run('tar', ['-tzf', tarballs.get(name) as string], folder).split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['package/LICENSE', 'package/README.md', 'package/package.json']),
    );
    expect(files.filter((file) => /\.test\.|\/test\//.test(file))).toEqual([]);
  });
});

describe('a project elsewhere', () => {
  const EXAMPLE = `
const customers = Table.fromRows([
  { age: 45, plan: 'basic' },
  { age: null, plan: 'plus' },
  { age: 31, plan: 'basic' },
  { age: 62, plan: 'plus' },
]);
const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder(), new StandardScaler()];
const model = new Pipeline(steps, new LogisticRegression({ C: 0.5 })).fit(customers, Labels.from([false, true, false, true]));
const [stays, leaves] = model.predictProba(Table.fromRows([{ age: 50, plan: 'plus' }]));
if (!(Math.abs(stays[0] + leaves[0] - 1) < 1e-12 && leaves[0] > 0.5)) throw new Error('not what was expected');
console.log('works');
`;
  const NAMES: Readonly<Record<string, string>> = {
    core: 'Labels, Pipeline, Table',
    transforms: 'CategoryEncoder, MeanImputer, ModeImputer, StandardScaler',
    models: 'LogisticRegression',
  };
  const project = join(folder, 'project');
  const imports = (line: (names: string, from: string) => string) =>
    Object.entries(NAMES)
      .map(([name, names]) => line(names, `@churn/${name}`))
      .join('\n');

  beforeAll(() => {
    execFileSync('mkdir', ['-p', project]);
    writeFileSync(
      join(project, 'package.json'),
      '{ "name": "elsewhere", "private": true, "dependencies": {} }',
    );
    // Packed with npm, which leaves the workspace's version ranges: they are overridden by the tarballs.
    const overrides = Object.fromEntries(
      Object.keys(NAMES).map((name) => [`@churn/${name}`, `file:${tarballs.get(name)}`]),
    );
    writeFileSync(
      join(project, 'package.json'),
      JSON.stringify({ name: 'elsewhere', private: true, dependencies: overrides, overrides }),
    );
    run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], project);
  }, 120_000);

  it('uses them as ES modules', () => {
    writeFileSync(
      join(project, 'a.mjs'),
      imports((names, from) => `import { ${names} } from '${from}';`) + EXAMPLE,
    );
    expect(run(process.execPath, ['a.mjs'], project)).toBe('works\n');
  });

  it('uses them as CommonJS', () => {
    writeFileSync(
      join(project, 'a.cjs'),
      imports((names, from) => `const { ${names} } = require('${from}');`) + EXAMPLE,
    );
    expect(run(process.execPath, ['a.cjs'], project)).toBe('works\n');
  });

  it.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])(
    'type-checks under strict as %s with moduleResolution %s',
    (module, moduleResolution) => {
      writeFileSync(
        join(project, 'a.mts'),
        imports((names, from) => `import { ${names} } from '${from}';`) + EXAMPLE,
      );
      const compilerOptions = {
        strict: true,
        noEmit: true,
        module,
        moduleResolution,
        target: 'es2022',
        lib: ['es2022', 'dom'],
        types: [],
      };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['a.mts'] }));
      expect(run(bin('tsc'), ['-p', '.'], project)).toBe('');
    },
    60_000,
  );

  it('installs nothing but them', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@churn',
    ]);
    expect(existsSync(join(project, 'node_modules/@churn/core/node_modules'))).toBe(false);
  });
});
