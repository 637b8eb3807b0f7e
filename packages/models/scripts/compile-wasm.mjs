// Compiles a module of wasm/ to WebAssembly. As a program it prints the bytes of the file given as base64.
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'bulk-memory', '--enable', 'simd'];
const packageFolder = new URL('..', import.meta.url);
const compiled = new Map();

/** The bytes of the module whose AssemblyScript stands in a file. */
export function compileWasm(file) {
  if (!compiled.has(file)) compiled.set(file, compile(file));
  return compiled.get(file);
}

async function compile(file) {
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
