import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { blocks, blocksOf, javascript, joined, withoutFragments } from './code-blocks.js';
import { root, run } from './process.js';
import { filesBelow } from './repository-files.js';

const programs = ['guides', 'tutorials'].flatMap((folder) =>
  readdirSync(join(root, 'docs', folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({
      page: `${folder}/${file}`,
      text: readFileSync(join(root, 'docs', folder, file), 'utf8'),
    }))
    .filter(({ text }) => text.includes('```ts\n')),
);
/** The data of tutorials. */
const DATA = [
  'data/bank_data.csv',
  'examples/customer-value/customer-value.csv',
  'examples/subscriptions/subscriptions.csv',
];
/** Beside the tests, where the packages can be imported by their names. */
let place: string;

beforeAll(() => {
  place = mkdtempSync(join(__dirname, '../node_modules/.guides-'));
  for (const file of DATA) copyFileSync(join(root, file), join(place, basename(file)));
});

afterAll(() => rmSync(place, { recursive: true }));

it.each(programs)('$page prints the output shown', ({ page, text }) => {
  const program = join(place, page.replace('/', '-').replace('.md', '.mjs'));
  writeFileSync(program, javascript(blocks(text, 'ts')));
  expect(run(process.execPath, [program], place)).toBe(blocks(text, 'text'));
});

const pagesOfTransforms = join(root, 'packages/transforms/docs');
const withModels = readdirSync(pagesOfTransforms)
  .map((file) => ({ file, text: readFileSync(join(pagesOfTransforms, file), 'utf8') }))
  .filter(({ text }) => text.includes("from '@churn/models'"));

it.each(withModels)('transforms/docs/$file prints the output shown', ({ file, text }) => {
  const program = join(place, file.replace('.md', '.mjs'));
  writeFileSync(program, javascript(blocks(text, 'ts')));
  expect(run(process.execPath, [program], place)).toBe(blocks(text, 'text'));
});

/** Files that the reader has. */
const BROUGHT: Readonly<Record<string, string>> = {
  'customers.csv': 'Customer_Age,Gender\n45,M\n38,F\n',
};

/**
 * The code of a README runs as one program, from its first block to its last, but for fragments. Where it says what is printed, that is what
 * is printed.
 */
it.each(readdirSync(join(root, 'packages')))('the README of %s has code that runs', (name) => {
  const text = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8');
  const at = join(place, name);
  mkdirSync(at);
  for (const [file, content] of Object.entries(BROUGHT)) writeFileSync(join(at, file), content);
  writeFileSync(join(at, 'readme.mjs'), javascript(joined(blocksOf(withoutFragments(text), 'ts'))));
  expect(run(process.execPath, ['readme.mjs'], at)).toBe(blocks(withoutFragments(text), 'text'));
});

it('every link to a file of the repository is valid', () => {
  const broken = filesBelow(root, '.md').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)]
      .map(([, target]) => target)
      .filter((target) => !existsSync(join(dirname(file), target)))
      .map((target) => `${relative(root, file)}: ${target}`),
  );
  expect(broken).toEqual([]);
});

it('a page that says what to install names every package that its programs import', () => {
  const missing = filesBelow(root, '.md').flatMap((file) => {
    const page = readFileSync(file, 'utf8');
    const installed = blocksOf(page, 'sh')
      .join('')
      .match(/^npm i(nstall)? .*$/gm);
    if (!installed) return [];
    const imported = blocks(withoutFragments(page), 'ts').matchAll(
      / from '(?!node:|\.)((?:@[\w-]+\/)?[\w-]+)/g,
    );
    return [...new Set(Array.from(imported, ([, name]) => name))]
      .filter((name) => !installed.join(' ').split(' ').includes(name))
      .map((name) => `${relative(root, file)}: ${name}`);
  });
  expect(missing).toEqual([]);
});
