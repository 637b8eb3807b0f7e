import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@churn/core';
import { exampleOf, groupOf, listOf, pageOf, run, titleOf, withoutCode } from '../../../docs/class-pages';
import * as transforms from './index';

const exported: Readonly<Record<string, unknown>> = transforms;
const names = Object.keys(exported);

/** The name of each class of transformers. */
const transformers = names.filter((name) => isTransformerClass(exported[name]));

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const files = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
const pages = files.map((file) => ({ file, text: readFileSync(join(root, 'docs', file), 'utf8') }));

const tests = readdirSync(__dirname)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(__dirname, file), 'utf8'));

/** What the comment at the top of a page says where the README lists it. */
const GROUPS = [
  'Missing values',
  'Scale and shape of numbers',
  'Categories and bins',
  'Columns',
  'Putting together',
  'Rows',
];

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

  it('says at its top in which group the README lists it', () => {
    expect(GROUPS).toContain(groupOf(text));
  });

  it('is called by the name of what it is about', () => {
    const title = titleOf(text);
    expect(names).toContain(title);
    expect(file).toBe(pageOf(title));
  });

  // Those with a model are run in checks/, which may import both.
  const { source, printed } = exampleOf(text);
  if (source.includes('@churn/models')) return;
  it('prints in its example what it says', () => {
    expect(run(source, { '@churn/core': core, '@churn/transforms': transforms })).toBe(printed);
  });
});

it.each(transformers)('%s has a page and a test of its own', (name) => {
  const page = pageOf(name);
  if (!files.includes(page)) throw new Error(`write docs/${page}, after the page of another transformer`);
  // Some are made by a function of the same name.
  const maker = name === 'CustomTransformer' ? /\bcustom\(/ : new RegExp(`\\b${name}\\(`, 'i');
  if (tests.some((text) => maker.test(text))) return;
  throw new Error(`write src/${page.replace('.md', '.test.ts')}, after the test of another transformer`);
});

it('lists every page in the README', () => {
  const [before, rest] = readme.split(START);
  const [, after] = rest.split(END);
  const listed = `${before}${START}\n\n${listOf(pages, GROUPS)}\n${END}${after}`;
  if (process.env.UPDATE_DOCS) writeFileSync(join(root, 'README.md'), listed);
  else if (readme !== listed)
    throw new Error('run `UPDATE_DOCS=1 npx jest docs`, which lists the pages in README.md');
});

const START = '<!-- transformers -->';
const END = '<!-- end -->';

function isTransformerClass(value: unknown): boolean {
  return typeof value === 'function' && typeof value.prototype?.fit === 'function';
}
