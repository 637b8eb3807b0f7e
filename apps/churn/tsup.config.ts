import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/cli.ts', 'src/churn-pipeline.ts'],
  format: ['esm'],
  clean: true,
  target: 'node20',
});
