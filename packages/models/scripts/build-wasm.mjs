// Compiles each module of wasm/ to WebAssembly, and writes it as text beside the code that calls it: packages in browsers have no
// file to load. With --check it writes nothing, and fails where a text is not what its source compiles to.
import { readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const MODULES = {
  booster: 'src/boosting/booster.wasm.ts',
  gram: 'src/linear/gram.wasm.ts',
  'kernel-sums': 'src/svm/kernel-sums.wasm.ts',
  'row-set-scorer': 'src/trees/row-set-scorer.wasm.ts',
  'shap-trees': 'src/shap/shap-trees.wasm.ts',
  svm: 'src/svm/svm.wasm.ts',
  'tree-grower': 'src/trees/tree-grower.wasm.ts',
  'tree-scorer': 'src/trees/tree-scorer.wasm.ts',
};
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'bulk-memory', '--enable', 'simd'];

const packageFolder = new URL('..', import.meta.url);
const isCheck = process.argv.includes('--check');

for (const [name, target] of Object.entries(MODULES)) {
  const text = textOf(name, await compile(`wasm/${name}.ts`));
  const file = new URL(target, packageFolder);
  if (!isCheck) await writeFile(file, text);
  else if ((await readFile(file, 'utf8')) !== text) {
    throw new Error(`${target} is not what wasm/${name}.ts compiles to; run pnpm build:wasm`);
  }
}

async function compile(source) {
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

function textOf(name, binary) {
  const constant = name.replaceAll('-', '_').toUpperCase();
  const base64 = Buffer.from(binary).toString('base64');
  return `// Compiled from wasm/${name}.ts by \`pnpm build:wasm\`; do not edit.\nexport const ${constant} =\n  '${base64}';\n`;
}
