import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');

/**
 * Every path that the published packages can be imported from, `@churn/models/mljs`, with its source from the root of the repository, and the
 * description of the package.
 */
export function entryPoints() {
  return readdirSync(join(ROOT, 'packages')).flatMap((directory) => {
    const manifest = join(ROOT, 'packages', directory, 'package.json');
    if (!existsSync(manifest)) return [];
    const { name, description, exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    return Object.entries(exports).flatMap(([path, targets]) => {
      // Where a browser has an entry of its own, the last is the one that has everything.
      const file = [...JSON.stringify(targets).matchAll(/dist\/([^"]*)\.d\.ts/g)].at(-1)?.[1];
      return file
        ? [{ module: name + path.slice(1), source: `packages/${directory}/src/${file}.ts`, description }]
        : [];
    });
  });
}
