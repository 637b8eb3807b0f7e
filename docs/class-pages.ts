import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { transformSync } from '@swc/core';

/** The headings of every page about a class, in order. */
export const HEADINGS = [
  'Formula',
  'When to use it, and when not',
  'Parameters',
  'Example',
  'Compared with scikit-learn',
];

interface Options {
  /** The package: `packages/models`. */
  readonly root: string;
  /** What it exports, and the modules that examples may import. */
  readonly exported: Readonly<Record<string, unknown>>;
  readonly modules: Readonly<Record<string, unknown>>;
  /** Modules of which the examples are run in checks/: those that this package may not import. */
  readonly elsewhere?: readonly string[];
  /** The groups in which the README lists pages, in order; the comment on the first line of a page names one. */
  readonly groups: readonly string[];
}

/**
 * Tests the pages in the `docs` folder of a package: each class that can be fitted has one, with every heading, the parameters and defaults of
 * the class, and an example that prints what the page says; the README lists them between `<!-- pages -->` and `<!-- end -->`. With
 * `UPDATE_DOCS=1` writes that list and the output of examples.
 */
export function testClassPages({ root, exported, modules, elsewhere = [], groups }: Options): void {
  const classes = Object.keys(exported).filter((name) => isFittable(exported[name]));
  const folder = join(root, 'docs');
  const pages = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));

  it('every class that can be fitted has a page, and every page is about an export', () => {
    const titles = pages.map(({ text }) => titleOf(text));
    expect(titles).toEqual(expect.arrayContaining(classes));
    expect(Object.keys(exported)).toEqual(expect.arrayContaining(titles));
  });

  describe.each(pages)('docs/$file', ({ file, text }) => {
    const title = titleOf(text);

    it('has every heading, and is named after its class', () => {
      const headings = [...withoutCode(text).matchAll(/^##+ (.*)$/gm)].map(([, heading]) => heading);
      expect(headings).toEqual(HEADINGS);
      expect(groups).toContain(groupOf(text));
      expect(file).toBe(pageOf(title));
    });

    it('lists the parameters with their defaults', () => {
      const { parameters } = exported[title] as { parameters?: Readonly<Record<string, Parameter>> };
      // Some are made by a function, whose arguments the page describes.
      if (!parameters) return;
      const listed = [...text.matchAll(/^\| `(\w+)` +\| `(?:[^`]|\\\|)*` +\| (\S.*?) +\|/gm)];
      expect(listed.map(([, name, value]) => [name, value])).toEqual(
        Object.entries(parameters).map(([name, parameter]) => [
          name,
          defaultOf(parameter) ?? expect.anything(),
        ]),
      );
    });

    it('prints in its example what it says', () => {
      const { source, printed } = exampleOf(text);
      if (elsewhere.some((name) => source.includes(`from '${name}'`))) return;
      const output = run(source, modules);
      if (process.env.UPDATE_DOCS)
        writeFileSync(join(folder, file), text.replace(/(^```text\n)[\s\S]*?(^```$)/m, `$1${output}$2`));
      else expect(output).toBe(printed);
    });
  });

  it('the README lists every page', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const listed = readme.replace(
      /(<!-- pages -->\n)[\s\S]*?(<!-- end -->)/,
      `$1\n${listOf(pages, groups)}\n$2`,
    );
    if (process.env.UPDATE_DOCS) writeFileSync(join(root, 'README.md'), listed);
    else expect(readme).toBe(listed);
    expect(readme).toContain('<!-- pages -->');
  });
}

interface Parameter {
  readonly default?: unknown;
  readonly isRequired?: boolean;
}

interface Page {
  readonly file: string;
  readonly text: string;
}

function isFittable(value: unknown): boolean {
  return typeof value === 'function' && typeof value.prototype?.fit === 'function';
}

/** How the table of parameters shows a default; `undefined` if it is described in words. */
function defaultOf(parameter: Parameter): string | undefined {
  if (parameter.isRequired) return 'required';
  return 'default' in parameter
    ? `\`${inspect(parameter.default, { breakLength: Number.POSITIVE_INFINITY })}\``
    : undefined;
}

/** What each page says first, by group. */
function listOf(pages: readonly Page[], groups: readonly string[]): string {
  return groups
    .map((group) => {
      const lines = pages
        .filter(({ text }) => groupOf(text) === group)
        .map(({ file, text }) => `- [${titleOf(text)}](docs/${file}): ${summaryOf(text)}`);
      return `**${group}**\n\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

function groupOf(text: string): string | undefined {
  return /^<!-- (.*) -->\n/.exec(text)?.[1];
}

function titleOf(text: string): string {
  return /^# (.*)$/m.exec(text)?.[1] ?? '';
}

/** The first sentence. */
function summaryOf(text: string): string {
  const [, paragraph = ''] = /^# .*\n\n([\s\S]*?)\n\n/m.exec(text) ?? [];
  return paragraph.replaceAll('\n', ' ').replace(/\. .*$/, '.');
}

/** `MeanImputer` is on the page `mean-imputer.md`. */
export function pageOf(name: string): string {
  const kebab = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2');
  return `${kebab.toLowerCase()}.md`;
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

function exampleOf(text: string): { source: string; printed: string } {
  const [, source, printed] =
    /^## Example\n[\s\S]*?^```ts\n([\s\S]*?)^```\n+```text\n([\s\S]*?)^```$/m.exec(text) ?? [];
  if (source === undefined || printed === undefined)
    throw new Error('expected under "Example" a block of ts, directly followed by one of text');
  return { source, printed };
}

/** What a module prints, as Node would. */
function run(source: string, modules: Readonly<Record<string, unknown>>): string {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const load = (name: string) => {
    if (!(name in modules)) throw new Error(`an example must not import ${name}`);
    return modules[name];
  };
  let printed = '';
  const log = (...values: unknown[]) => {
    printed += `${format(...values)}\n`;
  };
  new Function('require', 'exports', 'console', code)(load, {}, { log });
  return printed;
}
