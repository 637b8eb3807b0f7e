import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    cli: 'src/cli.ts',
    'churn-pipeline': 'src/model/churn-pipeline.ts',
    'part-worker': 'src/scoring/part-worker.ts',
    'monitor-worker': 'src/monitoring/monitor-worker.ts',
    'score-worker': 'src/scoring/score-worker.ts',
    'log-worker': 'src/serve/log/log-worker.ts',
  },
  format: ['esm'],
  clean: true,
  target: 'node20',
});
