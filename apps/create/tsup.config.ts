import { writeFileSync } from 'node:fs';
import { csvPieces, generateCustomers } from '@churn/synthetic-data';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { cli: 'src/cli.ts' },
  format: ['esm'],
  clean: true,
  target: 'node20',
  // The initial data of a project without its own.
  onSuccess: async () => {
    writeFileSync('dist/customers.csv', [...csvPieces(generateCustomers({ rows: 2000, seed: 1 }))].join(''));
  },
});
