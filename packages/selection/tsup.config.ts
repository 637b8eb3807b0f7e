import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig({
  ...library(['src/index.ts', 'src/node/index.ts', 'src/node/worker.ts']),
  // The CommonJS build finds its worker file by import.meta.url too.
  shims: true,
});
