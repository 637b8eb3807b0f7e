// Compiles a module of wasm/ to WebAssembly. As a program, it prints the compiled bytes of the given file as base64. Results are cached in
// node_modules/.cache, so that builds and test processes compile once.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

// The memory is imported, so that threads can share it: src/wasm-module.ts then changes its kind in the module. Atomic instructions are
// valid for both kinds.
const MEMORY = ['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const FEATURES = ['bulk-memory', 'simd', 'threads'].flatMap((feature) => ['--enable', feature]);
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', ...MEMORY, ...FEATURES];
const packageFolder = new URL('..', import.meta.url);
const cache = new URL('node_modules/.cache/wasm/', packageFolder);

const asked = new Map();

/** The compiled bytes of an AssemblyScript file. */
export function compileWasm(file) {
  if (!asked.has(file)) asked.set(file, kept(file));
  return asked.get(file);
}

async function kept(file) {
  const place = new URL(`${basename(file, '.ts')}-${await fingerprint()}.wasm`, cache);
  const known = await readFile(place).catch(() => undefined);
  if (known) return known;
  const binary = await compile(file);
  await mkdir(cache, { recursive: true });
  const temporary = new URL(`${process.pid}-${basename(file)}`, cache);
  await writeFile(temporary, binary);
  await rename(temporary, place);
  return binary;
}

/** A hash of everything that modules depend on: sources, options and compiler. */
async function fingerprint() {
  const folder = new URL('wasm/', packageFolder);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const hash = createHash('sha256').update(OPTIONS.join());
  hash.update(await readFile(new URL('package.json', packageFolder)));
  for (const name of names) hash.update(name).update(await readFile(new URL(name, folder)));
  return hash.digest('hex').slice(0, 16);
}

async function compile(file) {
  const { default: asc } = await import('assemblyscript/asc');
  const source = relative(fileURLToPath(packageFolder), file).replaceAll('\\', '/');
  let binary;
  const { error, stderr } = await asc.main([source, '--outFile', 'out.wasm', ...OPTIONS], {
    readFile: (name) => readFile(new URL(name, packageFolder), 'utf8').catch(() => null),
    writeFile: (name, content) => {
      if (name === 'out.wasm') binary = content;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${source}: ${error.message}\n${stderr.toString()}`);
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(Buffer.from(await compileWasm(process.argv[2])).toString('base64'));
}
