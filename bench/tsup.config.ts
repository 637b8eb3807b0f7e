import { defineConfig } from 'tsup';

// Benchmarks run as users' programs do, without a TypeScript loader, under which threads are slower.
export default defineConfig({
  entry: ['src/*.ts', '!src/*.d.ts'],
  format: ['esm'],
  clean: true,
  target: 'node20',
});
