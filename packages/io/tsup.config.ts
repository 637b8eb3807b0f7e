import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig({
  ...library(['src/index.ts', 'src/parquet/index.ts', 'src/parquet/worker.ts']),
  // The CommonJS build finds its worker file by import.meta.url too.
  shims: true,
});
