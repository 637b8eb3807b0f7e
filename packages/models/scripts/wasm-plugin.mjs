// What `import module from '….wasm'` is in the builds of tsup: compiled from the AssemblyScript of the same name.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { compileWasm } from './compile-wasm.mjs';

const sourceOf = ({ path, resolveDir }) => resolve(resolveDir, path.replace(/\.wasm$/, '.ts'));

/** The module as base64: nothing has to be found or loaded where it runs. */
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

/** A file beside the build, for bundlers that make a `WebAssembly.Module` of it. */
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
