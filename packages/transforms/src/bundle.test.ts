import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What a bundler makes, for a browser, of a program that imports from the built package. */
async function bundled(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(__dirname, '..') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

it('bundles one transformer in less than 15 kB, without the others', async () => {
  const text = await bundled(
    `import { MeanImputer } from './dist/index.js'; globalThis.imputer = new MeanImputer();`,
  );
  expect(gzipSync(text).length).toBeLessThan(15 * 1024);
  expect(text).toContain('MeanImputer');
  expect(text).not.toMatch(/PolynomialFeatures|StandardScaler|DropColumns/);
});

it('runs completely in a browser, without Node', async () => {
  await expect(bundled(`export * from './dist/index.js';`)).resolves.not.toMatch(/\bnode:|require\(/);
});
