import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig([
  {
    ...library([
      'src/index.ts',
      'src/csv/format-worker.ts',
      'src/csv/scan-worker.ts',
      'src/arrow/index.ts',
      'src/duckdb/index.ts',
      'src/excel/index.ts',
      'src/parquet/index.ts',
      'src/parquet/worker.ts',
    ]),
    // The script clears the folder, since each build would delete the output of the other.
    clean: false,
    // The CommonJS build finds its worker file by import.meta.url too.
    shims: true,
  },
  {
    ...library(['src/browser.ts']),
    format: 'esm',
    clean: false,
    // The usual build of csv-parse needs Node's Buffer; this one has its own.
    noExternal: ['csv-parse/sync'],
    esbuildPlugins: [
      {
        name: 'csv-parse-for-browsers',
        setup(build) {
          build.onResolve({ filter: /^csv-parse\/sync$/ }, () => ({
            path: 'csv-parse/browser/esm/sync',
            external: true,
          }));
        },
      },
    ],
  },
]);
