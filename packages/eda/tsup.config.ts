import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig({
  ...library(['src/index.ts', 'src/render/index.ts', 'src/render/browser.ts']),
  // All entries know the same class of pictures, in CommonJS too.
  splitting: true,
  // The CommonJS build finds the fonts by import.meta.url too.
  shims: true,
});
