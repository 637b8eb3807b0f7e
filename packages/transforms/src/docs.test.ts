import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import * as core from '@churn/core';
import { transformSync } from '@swc/core';
import * as transforms from './index';

const exported: Readonly<Record<string, unknown>> = transforms;
const names = Object.keys(exported);

/** The name of each class that says what to learn; what it has learned is `Fitted` with the same name. */
const transformers = names.filter(
  (name) => !name.startsWith('Fitted') && typeof exported[`Fitted${name}`] === 'function',
);

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const index = readFileSync(join(root, 'docs', 'README.md'), 'utf8');
const files = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md') && file !== 'README.md');
const pages = files.map((file) => ({ file, text: readFileSync(join(root, 'docs', file), 'utf8') }));

const HEADINGS = [
  'Formula',
  'When to use it, and when not',
  'Parameters',
  'Example',
  'Compared with scikit-learn',
];

describe.each(pages)('docs/$file', ({ file, text }) => {
  it('has the parts of every page, in order', () => {
    expect([...withoutCode(text).matchAll(/^##+ (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
  });

  it('is called by the name of what it is about', () => {
    const title = /^# (.*)$/m.exec(text)?.[1] ?? '';
    expect(names).toContain(title);
    expect(file).toBe(pageOf(title));
  });

  it('prints in its example what it says', () => {
    const { source, printed } = exampleOf(text);
    expect(run(source)).toBe(printed);
  });
});

it('has a page for every transformer', () => {
  expect(transformers.map(pageOf).filter((file) => !files.includes(file))).toEqual([]);
});

it('has every page in the index of pages', () => {
  expect(files.filter((file) => !index.includes(`(${file})`))).toEqual([]);
});

it('names every transformer in the table of the README', () => {
  expect(transformers.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

it.each(['compileRow', 'describe'])('has %s in whatever a transformer has learned', (method) => {
  const lacks = (name: string) => {
    const fitted = exported[`Fitted${name}`] as { prototype: Record<string, unknown> };
    return typeof fitted.prototype[method] !== 'function';
  };
  expect(transformers.filter(lacks)).toEqual([]);
});

/** `MeanImputer` is on the page `mean-imputer.md`. */
function pageOf(name: string): string {
  const kebab = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2');
  return `${kebab.toLowerCase()}.md`;
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

function exampleOf(text: string): { source: string; printed: string } {
  const example = /^## Example\n[\s\S]*?^```ts\n([\s\S]*?)^```\n+```text\n([\s\S]*?)^```$/m.exec(text);
  if (!example) throw new Error('expected under "Example" a block of ts, directly followed by one of text');
  return { source: example[1], printed: example[2] };
}

/** What a module prints, as Node would. */
function run(source: string): string {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const modules = new Map<string, unknown>([
    ['@churn/core', core],
    ['@churn/transforms', transforms],
  ]);
  const load = (name: string) => {
    if (!modules.has(name)) throw new Error(`an example must not import ${name}`);
    return modules.get(name);
  };
  let printed = '';
  const log = (...values: unknown[]) => {
    printed += `${format(...values)}\n`;
  };
  new Function('require', 'exports', 'console', code)(load, {}, { log });
  return printed;
}
