import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('src', import.meta.url));
const host = join(source, 'playground/host');
const application = fileURLToPath(new URL('../../apps/churn/src', import.meta.url));

/** What stands in place of a module of the application that needs Node or a terminal, by its path. */
const REPLACED = {
  'training/report': 'report',
  'training/executor': 'executor',
  'terminal/progress-display': 'progress-display',
  'runs/test-predictions': 'nothing',
  'runs/test-values': 'nothing',
  'runs/test-durations': 'nothing',
  'runs/git-state': 'nothing',
  'model/engines': 'nothing',
  input: 'nothing',
};

/** The same of packages, where the application imports them. */
const PACKAGES = {
  'cli-table3': 'cli-table',
  '@churn/io': 'io',
  '@churn/selection/node': 'nothing',
  'node:path': 'path',
  'node:crypto': 'crypto',
};

const inPage = {
  name: 'in-page',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
      const from = join(resolveDir, path).replace(/\.js$/, '');
      const replaced = from.startsWith(application) && REPLACED[from.slice(application.length + 1)];
      return replaced ? { path: join(host, `${replaced}.ts`) } : undefined;
    });
    onResolve({ filter: /^[^.]/ }, ({ path, resolveDir }) => {
      const replaced = resolveDir.startsWith(application) && PACKAGES[path];
      return replaced ? { path: join(host, `${replaced}.ts`) } : undefined;
    });
  },
};

rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
// Code blocks and the playground with their workers, as modules that share chunks.
await build({
  entryPoints: {
    blocks: join(source, 'run/runnable-blocks.ts'),
    'run-worker': join(source, 'run/worker.ts'),
    playground: join(source, 'playground/playground.ts'),
    'training-worker': join(source, 'playground/training-worker.ts'),
    'fold-worker': join(source, 'playground/fold-worker.ts'),
    // By its name, as the application finds it.
    'churn-pipeline': join(application, 'model/churn-pipeline.ts'),
  },
  outdir: fileURLToPath(new URL('dist', import.meta.url)),
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  define: { 'process.version': '"browser"', 'process.env.NODE_ENV': '"production"' },
  plugins: [inPage],
  logLevel: 'warning',
  // Chunks of packages without side effects import each other for their order.
  logOverride: { 'ignored-bare-import': 'silent' },
});
