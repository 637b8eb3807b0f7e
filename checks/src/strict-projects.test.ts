import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { blocksOf, fragmentsOf, joined, withoutFragments } from './code-blocks.js';
import { ENTRIES } from './entries.js';
import { bin, root } from './process.js';
import { filesBelow } from './repository-files.js';

/** The options of a project made by `tsc --init` of TypeScript 5.9, with the types that examples need. */
const STRICT = {
  module: 'nodenext',
  target: 'esnext',
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  strict: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUncheckedSideEffectImports: true,
  moduleDetection: 'force',
  skipLibCheck: true,
  noEmit: true,
};
/**
 * Errors that are no fault of a fragment: a name that it does not declare, what follows from its unknown type, an added import of a type, and
 * a library without types.
 */
const OF_FRAGMENTS = /error (TS(2304|2552|2593|18004): .*'[a-z]\w*'|TS(7006|7031|1484|7016))/;

interface Example {
  /** Where it is documented. */
  readonly file: string;
  readonly code: string;
}

const pages = read(root, '.md').filter(({ file }) => file !== 'CONTRIBUTING.md');
const programs: Example[] = pages
  .map(({ file, code }) => ({ file, code: joined(blocksOf(withoutFragments(code), 'ts')) }))
  .filter(({ code }) => code !== '');
const sources = read(join(root, 'packages'), '.ts').filter(({ file }) => !file.endsWith('.test.ts'));
const fragments: Example[] = [
  ...pages.flatMap(({ file, code }) => fragmentsOf(code).map((fragment) => ({ file, code: fragment }))),
  ...sources.flatMap(({ file, code }) => commentsOf(code).map((fragment) => ({ file, code: fragment }))),
];

it('documented programs type-check in a strict project', () => {
  expect(programs.length).toBeGreaterThan(100);
  expect(errorsOf(programs)).toEqual([]);
});

it('examples of doc comments, and fragments of pages, type-check as far as they declare their names', () => {
  expect(fragments.length).toBeGreaterThan(150);
  const errors = errorsOf(fragments.map(({ file, code }) => ({ file, code: withImports(code, file) })));
  expect(errors.filter((error) => !OF_FRAGMENTS.test(error))).toEqual([]);
});

function read(folder: string, ending: string): Example[] {
  return filesBelow(folder, ending).map((path) => ({
    file: relative(root, path),
    code: readFileSync(path, 'utf8'),
  }));
}

/** The examples of doc comments. */
function commentsOf(source: string): string[] {
  return Array.from(source.matchAll(/^ *\* ```ts\n([\s\S]*?)^ *\* ```$/gm), ([, lines]) =>
    lines.replaceAll(/^ *\* ?/gm, ''),
  );
}

/** A fragment with an import of each exported name in it, of its own package if that has the name. */
function withImports(code: string, file: string): string {
  const own = join(root, file.split('/').slice(0, 2).join('/'));
  const entries = [...ENTRIES].sort(
    (a, b) => Number(b.types.startsWith(own)) - Number(a.types.startsWith(own)),
  );
  const bare = code.replaceAll(/'[^']*'|\/\/.*/g, '');
  const declarations = bare.match(/\b(?:const|class|function|import) (?:\w+|\{[^}]*\}|\[[^\]]*\])/g) ?? [];
  const declared = new Set(declarations.join().match(/\w+/g));
  const names = new Set(bare.match(/(?<![.\w])[A-Za-z]\w*\b(?!:)/g));
  const imports = [...names].flatMap((name) => {
    const from = entries.find(({ types }) => exportedBy(types).has(name));
    return from && !declared.has(name) ? [`import { ${name} } from '${from.name}';`] : [];
  });
  // An ellipsis is code that is left out.
  return `${imports.join(' ')} ${code.replaceAll('…', '')}`;
}

const exported = new Map<string, ReadonlySet<string>>();

/** The names that a file of declarations exports. */
function exportedBy(types: string): ReadonlySet<string> {
  const known = exported.get(types);
  if (known) return known;
  const lists = readFileSync(types, 'utf8').matchAll(/^export \{([^}]*)\}/gm);
  const names = new Set(Array.from(lists, ([, list]) => list.match(/\w+(?=\s*(?:,|$))/g) ?? []).flat());
  exported.set(types, names);
  return names;
}

/** What the compiler reports about examples, each as a module of one program. */
function errorsOf(examples: readonly Example[]): string[] {
  const place = mkdtempSync(join(__dirname, '../node_modules/.strict-'));
  try {
    // Models of other libraries import these.
    symlinkSync(join(root, 'packages/models/node_modules'), join(place, 'node_modules'));
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICT }));
    examples.forEach(({ code }, i) => {
      writeFileSync(join(place, `${i}.ts`), code);
    });
    const { stdout } = spawnSync(bin('tsgo'), ['-p', '.'], { cwd: place, encoding: 'utf8' });
    return stdout
      .split('\n')
      .filter((line) => /^\d/.test(line))
      .map((line) => line.replace(/^(\d+)\.ts/, (_, i) => examples[Number(i)].file));
  } finally {
    rmSync(place, { recursive: true });
  }
}
