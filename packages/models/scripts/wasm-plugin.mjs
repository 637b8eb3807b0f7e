// Resolves `import module from '….wasm'` in tsup's builds, by compiling the AssemblyScript file of the same name.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { compileWasm } from './compile-wasm.mjs';

const sourceOf = ({ path, resolveDir }) => resolve(resolveDir, path.replace(/\.wasm$/, '.ts'));

/** Inlines the module as base64, so that no file has to be loaded at run time. */
export const inlineWasm = {
  name: 'inline-wasm',
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, (args) => ({ path: sourceOf(args), namespace: 'wasm' }));
    build.onLoad({ filter: /./, namespace: 'wasm' }, async ({ path }) => ({
      contents: Buffer.from(await compileWasm(path)).toString('base64'),
      loader: 'text',
    }));
  },
};

/** Writes a file next to the build, for bundlers that compile it to a `WebAssembly.Module`. */
export const emitWasm = (folder) => ({
  name: 'emit-wasm',
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, async (args) => {
      const name = basename(args.path);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), await compileWasm(sourceOf(args)));
      return { path: `./${name}`, external: true };
    });
  },
});
