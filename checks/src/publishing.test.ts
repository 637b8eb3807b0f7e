import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './process';

/** What package.json at the root says of the project, the one place that does. */
const project = readJson('package.json');
const page = project.repository.url.replace(/^git\+|\.git$/g, '');
const published = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((directory) => !readJson(directory, 'package.json').private);

// biome-ignore lint/suspicious/noExplicitAny: package.json is checked below
function readJson(...path: readonly string[]): any {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8'));
}

it('every package states author and repository, and lists the others, from package.json at the root', () => {
  run(process.execPath, [join(root, 'checks/scripts/describe-packages.mjs'), '--check'], root);
});

it('nothing runs the package `churn` of npm, which belongs to somebody else', () => {
  const { stdout } = spawnSync('git', ['grep', '-nE', '(npx|npm exec|pnpm dlx|bunx) (-y )?churn( |$)'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

describe.each(published)('package.json of %s', (directory) => {
  const manifest = readJson(directory, 'package.json');

  it('describes the package, and how it is published', () => {
    expect(manifest).toMatchObject({
      name: expect.stringMatching(new RegExp(`^${/^@[^/]+/.exec(project.name)}/`)),
      description: expect.stringMatching(/^[A-Z].{40,}\.$/),
      license: project.license,
      engines: { node: expect.any(String) },
      publishConfig: { access: 'public', provenance: true },
    });
    expect(manifest.keywords.length).toBeGreaterThanOrEqual(5);
    expect(manifest.files).toEqual(expect.arrayContaining(['dist']));
  });

  it('has a licence file', () => {
    expect(readFileSync(join(root, directory, 'LICENSE'), 'utf8')).toBe(
      readFileSync(join(root, 'LICENSE'), 'utf8'),
    );
  });
});

describe('the README that npm shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'churn-readmes-'));

  beforeAll(() => {
    run(process.execPath, [join(root, 'checks/scripts/npm-readmes.mjs'), '--to', folder], root);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(published)('of %s has no broken link', (directory) => {
    const text = withoutCode(readFileSync(join(folder, directory, 'README.md'), 'utf8'));
    const targets = [...text.matchAll(/\]\(([^)\s]+)|(?:src|href)="([^"]+)"/g)].map(([, a, b]) => a ?? b!);
    expect(targets.length).toBeGreaterThan(3);
    const broken = targets.filter((target) => {
      if (target.startsWith('#')) return !anchors(text).includes(target.slice(1));
      if (!target.startsWith(`${page}/`)) return !/^https:\/\/[\w.-]+\.\w+(\/|$)/.test(target);
      const [, path = '', anchor] = /\/(?:raw|blob|tree)\/main\/([^#]+)(?:#(.+))?$/.exec(target) ?? [];
      const file = join(root, path);
      if (!path || !existsSync(file)) return true;
      return anchor !== undefined && !anchors(withoutCode(readFileSync(file, 'utf8'))).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(published)('of %s shows the installation and a result within its first screen', (directory) => {
    const text = readFileSync(join(folder, directory, 'README.md'), 'utf8');
    const { name } = readJson(directory, 'package.json');
    const screen = text.split('\n').slice(0, 60).join('\n');
    expect(text).toMatch(new RegExp(`^# ${name}\\n\\n\\[!\\[`));
    expect(screen).toContain(`https://img.shields.io/npm/v/${name}`);
    expect(screen).toMatch(/^(npm install|npx|npm create) /m);
    expect(screen).toMatch(/^```(text|console)$|!\[/m);
  });
});

function withoutCode(text: string): string {
  return text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ''));
}

/** The anchors that GitHub gives to headings. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}
