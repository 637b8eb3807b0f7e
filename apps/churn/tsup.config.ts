import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    cli: 'src/cli.ts',
    'churn-pipeline': 'src/model/churn-pipeline.ts',
  },
  format: ['esm'],
  clean: true,
  target: 'node20',
});
