import { defineConfig } from 'tsup';

// Benchmarks run as users' programs do, without a loader that compiles TypeScript: threads are slower under one.
export default defineConfig({
  entry: ['src/*.ts', '!src/*.d.ts'],
  format: ['esm'],
  clean: true,
  target: 'node20',
});
