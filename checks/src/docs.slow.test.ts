import { spawnSync } from 'node:child_process';
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
import { blocks, blocksOf, javascript } from './code-blocks.js';
import { root, run } from './process.js';

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
  const source = join(place, page.replace('/', '-').replace('.md', '.ts'));
  writeFileSync(source, blocks(text, 'ts'));
  const program = source.replace('.ts', '.mjs');
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

/**
 * What the README of each package shows runs as one program, from its first block to its last, but for those with a mark. Where it says
 * what is printed, that is what is printed.
 */
const FRAGMENT = '<!-- a part of a program -->';
/** What the reader brings. */
const BROUGHT: Readonly<Record<string, string>> = {
  'customers.csv': 'Customer_Age,Gender\n45,M\n38,F\n',
};

describe.each(readdirSync(join(root, 'packages')))('the README of %s', (name) => {
  const text = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8');
  const whole = text.replaceAll(new RegExp(`${FRAGMENT}\\n+\`\`\`ts\\n[\\s\\S]*?^\`\`\`$`, 'gm'), '');

  it('has code that runs and type-checks', () => {
    const at = join(place, name);
    mkdirSync(at);
    for (const [file, content] of Object.entries(BROUGHT)) writeFileSync(join(at, file), content);
    const said = blocks(whole, 'text');
    writeConfig(at);
    const code = joined(blocksOf(whole, 'ts'));
    writeFileSync(join(at, 'readme.ts'), code);
    expect(compile(at)).toBe('');
    writeFileSync(join(at, 'readme.mjs'), javascript(code));
    const printed = run(process.execPath, ['readme.mjs'], at);
    expect(printed).toBe(said);
  });
});

/** Blocks as one module: what several import they import once. */
function joined(parts: readonly string[]): string {
  const names = new Map<string, Set<string>>();
  const bodies = parts.map((part) =>
    part.replaceAll(/^import \{([^}]*)\} from '([^']*)';\n/gm, (_, list: string, from: string) => {
      const known = names.get(from) ?? new Set();
      for (const imported of list.split(',')) if (imported.trim()) known.add(imported.trim());
      names.set(from, known);
      return '';
    }),
  );
  const imports = [...names].map(([from, list]) => `import { ${[...list].join(', ')} } from '${from}';\n`);
  return [...imports, ...bodies].join('');
}

it('the code of guides and tutorials type-checks', () => {
  writeConfig(place);
  expect(compile(place)).toBe('');
});

it('every link to a file of the repository is valid', () => {
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
    if (entry.name.startsWith('.') || ['node_modules', 'dist', 'outputs', 'api'].includes(entry.name))
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
  return spawnSync(join(root, 'node_modules/.bin/tsgo'), ['-p', '.'], { cwd: at, encoding: 'utf8' }).stdout;
}
