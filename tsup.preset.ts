import type { Options } from 'tsup';
import { pureConstants } from './pure-constants';

/** How every package is built: ESM and CommonJS with declarations, for Node 20 and current browsers. */
export const library = (entry: string[] = ['src/index.ts']): Options => ({
  entry,
  format: ['esm', 'cjs'],
  dts: true,
  clean: true,
  target: 'es2022',
  treeshake: true,
  esbuildPlugins: [pureConstants],
});
