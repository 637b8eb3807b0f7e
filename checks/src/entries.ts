import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES } from './packed-packages';
import { root } from './process';

/** An entry of a package, as others import it. */
export interface Entry {
  readonly name: string;
  readonly file: string;
  readonly types: string;
}

/** All entries of all packages that are published. */
export const ENTRIES: readonly Entry[] = PACKAGES.flatMap((name) => {
  const folder = join(root, 'packages', name);
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.keys(exports).map((entry) => ({
    name: join('@churn', name, entry),
    file: join(folder, exports[entry].import.default),
    types: join(folder, exports[entry].import.types),
  }));
});
