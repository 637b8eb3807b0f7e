import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';
import { root, run } from './process.js';

const folder = join(root, 'docs/guides');
const guides = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const programs = guides.filter(({ text }) => text.includes('```ts\n'));
/** Beside the tests, where the packages can be imported by their names. */
let place: string;

beforeAll(() => {
  place = mkdtempSync(join(__dirname, '../node_modules/.guides-'));
});

afterAll(() => rmSync(place, { recursive: true }));

it.each(programs)('guides/$file prints what it says', ({ file, text }) => {
  const source = join(place, file.replace('.md', '.ts'));
  writeFileSync(source, blocks(text, 'ts'));
  const { code } = transformSync(blocks(text, 'ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  const program = source.replace('.ts', '.mjs');
  writeFileSync(program, code);
  expect(run(process.execPath, [program], place)).toBe(blocks(text, 'text'));
});

/** A README shows parts: names that the reader brings are not known, nor what is installed by who wants it. */
const READERS = /error TS(2304|2593|7031|18004)|Cannot find module '(ml-|libsvm)/;

it('the code of the READMEs has the types that it needs, but for names of the reader', () => {
  const at = join(place, 'readmes');
  mkdirSync(at);
  for (const name of readdirSync(join(root, 'packages'))) {
    const text = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8');
    for (const [i, code] of blocksOf(text, 'ts').entries()) writeFileSync(join(at, `${name}-${i}.ts`), code);
  }
  writeConfig(at);
  const problems = compile(at)
    .split('\n')
    .filter((line) => /^\S/.test(line) && !READERS.test(line));
  expect(problems).toEqual([]);
});

it('the code of the guides has the types that it needs', () => {
  writeConfig(place);
  expect(compile(place)).toBe('');
});

it('every link to a file of the repository leads to one', () => {
  const broken = markdownFiles(root).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)]
      .map(([, target]) => target)
      .filter((target) => !existsSync(join(dirname(file), target)))
      .map((target) => `${relative(root, file)}: ${target}`),
  );
  expect(broken).toEqual([]);
});

function markdownFiles(at: string): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['node_modules', 'dist', 'outputs', 'site'].includes(entry.name))
      return [];
    const path = join(at, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

function writeConfig(at: string): void {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: 'nodenext',
    moduleDetection: 'force',
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(join(at, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['./*.ts'] }));
  writeFileSync(join(at, 'package.json'), '{ "type": "module" }');
}

/** What the compiler has to say. */
function compile(at: string): string {
  return spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: at, encoding: 'utf8' }).stdout;
}

/** All blocks of a language, one after the other. */
function blocks(text: string, language: string): string {
  return blocksOf(text, language).join('');
}

function blocksOf(text: string, language: string): string[] {
  const block = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return Array.from(text.matchAll(block), ([, code]) => code);
}
