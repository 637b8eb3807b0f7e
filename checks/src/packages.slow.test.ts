import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLE, EXAMPLE_PACKAGES, exampleImports } from './example';
import { installInto, PACKAGES, type PackageName, pack } from './packed-packages';
import { bin, root, run } from './process';

const folder = mkdtempSync(join(tmpdir(), 'churn-packages-'));
let tarballs: ReadonlyMap<PackageName, string>;

beforeAll(() => {
  tarballs = pack(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The bytes of all files in a folder. */
function weight(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0);
}

describe.each(PACKAGES)('the packed @churn/%s', (name) => {
  it('passes publint and arethetypeswrong', () => {
    const file = tarballs.get(name) as string;
    run(bin('publint'), [file, '--strict'], folder);
    run(bin('attw'), [file, '--no-emoji'], folder);
  });

  it('contains its licence and no test sources', () => {
    const files = run('tar', ['-tzf', tarballs.get(name) as string], folder).split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['package/LICENSE', 'package/README.md', 'package/package.json']),
    );
    expect(files.filter((file) => /\.test\.|\/test\//.test(file))).toEqual([]);
  });
});

describe('a project elsewhere', () => {
  const project = join(folder, 'project');

  beforeAll(() => installInto(project, tarballs, EXAMPLE_PACKAGES), 120_000);

  it('uses them as ES modules', () => {
    writeFileSync(join(project, 'a.mjs'), exampleImports('esm') + EXAMPLE);
    expect(run(process.execPath, ['a.mjs'], project)).toBe('works\n');
  });

  it('uses them as CommonJS', () => {
    writeFileSync(join(project, 'a.cjs'), exampleImports('cjs') + EXAMPLE);
    expect(run(process.execPath, ['a.cjs'], project)).toBe('works\n');
  });

  it.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])(
    'type-checks under strict as %s with moduleResolution %s',
    (module, moduleResolution) => {
      writeFileSync(join(project, 'a.mts'), exampleImports('esm') + EXAMPLE);
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

  it('installs only them, and the matrix library of principal components', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@churn',
      'is-any-array',
      'ml-array-max',
      'ml-array-min',
      'ml-array-rescale',
      'ml-matrix',
    ]);
    expect(existsSync(join(project, 'node_modules/@churn/core/node_modules'))).toBe(false);
  });

  it('takes less than 3 MB of disk for @churn/models with its dependencies', () => {
    const bytes = ['core', 'models'].map((name) => weight(join(project, 'node_modules/@churn', name)));
    expect(bytes[0]! + bytes[1]!).toBeLessThan(3e6);
  });
});

describe('the first example of the README of @churn/transforms, in an empty folder', () => {
  const readme = readFileSync(join(root, 'packages/transforms/README.md'), 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const printed = /```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const project = join(folder, 'stranger');

  beforeAll(() => {
    // The one thing asked for is @churn/transforms; its dependency comes with it.
    installInto(project, tarballs, ['transforms'], ['core']);
  });

  /** What a command prints, where it warns of nothing. */
  const quietly = (command: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' });
    expect({ status, stdout: status === 0 ? '' : stdout, stderr }).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    return stdout;
  };

  it('takes less than 2.5 MB of disk with its dependencies', () => {
    const bytes = weight(join(project, 'node_modules'));
    expect(bytes).toBeLessThan(2.5e6);
    expect(bytes).toBeGreaterThan(1e5);
  });

  it('runs as an ES module without a flag or a warning', () => {
    writeFileSync(join(project, 'a.mjs'), code);
    expect(quietly(process.execPath, ['a.mjs'])).toBe(printed);
  });

  it('runs as CommonJS without a flag or a warning', () => {
    const required = code.replace(/import (\{.*?\}) from ('.*?');/g, 'const $1 = require($2);');
    expect(required).not.toContain('import');
    writeFileSync(join(project, 'a.cjs'), required);
    expect(quietly(process.execPath, ['a.cjs'])).toBe(printed);
  });

  it('compiles as strict TypeScript and runs without a flag or a warning', () => {
    writeFileSync(join(project, 'b.mts'), code);
    const args = ['--strict', '--module', 'node16', '--target', 'es2022', 'b.mts'];
    expect(quietly(bin('tsc'), args)).toBe('');
    expect(quietly(process.execPath, ['b.mjs'])).toBe(printed);
  });
});
