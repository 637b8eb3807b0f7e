import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { root, run } from './process';

/** What each package may import of the others. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  transforms: ['core'],
  models: ['core'],
  eda: ['core'],
  io: ['core'],
  explain: ['core'],
  survival: ['core', 'models'],
  uplift: ['core', 'models'],
  selection: ['core', 'transforms', 'models', 'eda', 'io', 'survival'],
  monitor: ['core', 'models', 'selection'],
  exchange: ['core', 'transforms', 'models', 'survival', 'selection'],
  distributed: ['core', 'selection'],
};
/** Files that may use what only Node has: entries of their own. */
const MAY_USE_NODE = [
  /^packages\/selection\/src\/node\//,
  /^packages\/eda\/src\/render\//,
  /^packages\/distributed\/src\//,
];

const sources = Object.keys(MAY_IMPORT).flatMap((name) => filesUnder(join(root, 'packages', name, 'src')));

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** What a file says without its comments, which may show code. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

/** What a file imports at run time, or in types too. */
function importsOf(file: string, { types }: { types: boolean }): string[] {
  const code = codeOf(file);
  const statements = code.matchAll(/(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/g);
  return [...statements].filter(([, isType]) => types || !isType).map(([, , name]) => name);
}

it.each(Object.entries(MAY_IMPORT))('%s imports nothing of the repository except %j', (name, allowed) => {
  const own = sources.filter((file) => file.startsWith(join(root, 'packages', name, 'src')));
  expect(own.length).toBeGreaterThan(3);
  const imported = own
    .flatMap((file) => importsOf(file, { types: true }))
    .filter((each) => each.startsWith('@churn/'));
  const others = new Set(imported.map((each) => each.split('/')[1]));
  expect([...others].filter((each) => !allowed.includes(each))).toEqual([]);
});

it('the diagram of the packages shows their dependencies', () => {
  run(process.execPath, [join(root, 'checks/scripts/draw-packages.mjs'), '--check'], root);
});

/** A file and all that it imports of its own package. */
function reachableFrom(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const name of importsOf(file, { types: false })) {
    if (name.startsWith('.') && name.endsWith('.js')) {
      reachableFrom(join(dirname(file), name.replace(/\.js$/, '.ts')), found);
    }
  }
  return found;
}

it('browser code uses nothing of Node', () => {
  const builtin = new Set(builtinModules);
  const ofIo = reachableFrom(join(root, 'packages/io/src/browser.ts'));
  expect(ofIo).toContain(join(root, 'packages/io/src/csv/parse-csv.ts'));
  const offending = sources.flatMap((file) => {
    const path = relative(root, file);
    // Not built into what is published as a main entry: helpers of tests.
    if (MAY_USE_NODE.some((each) => each.test(path)) || /(^|\/)testing/.test(path)) return [];
    if (path.startsWith('packages/io/') && !ofIo.has(file)) return [];
    const used = importsOf(file, { types: false }).filter(
      (each) => each.startsWith('node:') || builtin.has(each),
    );
    const globals = codeOf(file).match(/\b(Buffer|process)\b(?=[.(])/g) ?? [];
    return [
      ...used.map((each) => `${path} imports ${each}`),
      ...globals.map((each) => `${path} uses ${each}`),
    ];
  });
  expect(offending).toEqual([]);
});

/** Where no file may import itself in types either. */
const STRICT = /^(packages\/(io|eda)|apps\/churn)\//;

it('no file imports itself through others', () => {
  const all = [...sources, ...filesUnder(join(root, 'apps/churn/src'))];
  const known = new Set(all);
  const edges = new Map(
    all.map((file) => [
      file,
      importsOf(file, { types: STRICT.test(relative(root, file)) })
        .filter((each) => each.startsWith('.'))
        .map((each) => join(dirname(file), each.replace(/\.js$/, '.ts')))
        .filter((each) => known.has(each)),
    ]),
  );
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].map((each) => relative(root, each)).join(' > '));
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of all) visit(file, []);
  expect(cycles).toEqual([]);
});

/** Of `Math`, what the standard defines to the last bit. The others each engine computes in its own way, and some at random. */
const EXACT = /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN2|LN10|LOG2E|PI|SQRT2)$/;

/** What is written there is held to the model by a distance, not to the bit. */
const EXPORTED = join(root, 'packages/exchange/src/javascript');

it('nothing computes engine-dependent values', () => {
  const own = ['apps/churn/src', 'data/generator/src'].flatMap((folder) => filesUnder(join(root, folder)));
  const offending = [...sources.filter((file) => !file.startsWith(EXPORTED)), ...own].flatMap((file) => {
    const code = codeOf(file);
    const functions = [...code.matchAll(/\bMath\b(?:\.(\w+))?/g)].filter(
      ([, name = '']) => !EXACT.test(name),
    );
    // Powers of two with a written exponent are exact as well.
    const powers = code.matchAll(/\S+ \*\*=? (?!-?\d+\b)\S+|(?<!\b2) \*\*=? \S+/g);
    return [...functions, ...powers].map(([text]) => `${relative(root, file)}: ${text.trim()}`);
  });
  // @churn/core has functions of its own, such as exp, log, pow and square.
  expect(offending).toEqual([]);
});
