import { cpSync } from 'node:fs';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    cli: 'src/cli.ts',
    'churn-pipeline': 'src/model/churn-pipeline.ts',
    'part-worker': 'src/scoring/part-worker.ts',
    'monitor-worker': 'src/monitoring/monitor-worker.ts',
    'score-worker': 'src/scoring/score-worker.ts',
    'shadow-worker': 'src/serve/shadow-worker.ts',
    'log-worker': 'src/serve/log/log-worker.ts',
  },
  format: ['esm'],
  clean: true,
  target: 'node20',
  // The page of the service is served as it is written.
  onSuccess: async () => {
    cpSync('src/serve/page', 'dist/page', {
      recursive: true,
      filter: (path) => !/\.(json|ts)$/.test(path),
    });
  },
});
