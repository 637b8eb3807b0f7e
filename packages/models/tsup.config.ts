import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';
import { emitWasm, inlineWasm } from './scripts/wasm-plugin.mjs';

export default defineConfig([
  { ...library(['src/index.ts', 'src/mljs/index.ts']), esbuildPlugins: [inlineWasm] },
  {
    ...library(),
    // The other build has cleared the folder.
    clean: false,
    outDir: 'dist/workerd',
    format: 'esm',
    dts: false,
    esbuildPlugins: [emitWasm('dist/workerd')],
  },
]);
