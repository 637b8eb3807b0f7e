import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './process';

/** All that is published for import, in the order in which they depend on each other. */
export const PACKAGES = [
  'core',
  'transforms',
  'models',
  'explain',
  'survival',
  'uplift',
  'selection',
  'eda',
  'io',
  'monitor',
  'exchange',
  'distributed',
] as const;
export type PackageName = (typeof PACKAGES)[number];

/** Packs packages into a folder: the path of the tarball of each. */
export function pack(folder: string, names: readonly PackageName[] = PACKAGES): Map<PackageName, string> {
  const packages = names.map((name) => join(root, 'packages', name));
  const packed: readonly { name: string; filename: string }[] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder, ...packages], root),
  );
  return new Map(
    packed.map(({ name, filename }) => [name.replace('@churn/', '') as PackageName, join(folder, filename)]),
  );
}

/** A new project in a folder, outside the workspace, with tarballs installed by npm; others only where those need them. */
export function installInto(
  project: string,
  tarballs: ReadonlyMap<PackageName, string>,
  names: readonly PackageName[],
  others: readonly PackageName[] = [],
): void {
  mkdirSync(project, { recursive: true });
  // Packed with npm, which leaves the workspace's version ranges: they are overridden by the tarballs.
  const files = (of: readonly PackageName[]) =>
    Object.fromEntries(of.map((name) => [`@churn/${name}`, `file:${tarballs.get(name)}`]));
  const dependencies = files(names);
  const overrides = files([...names, ...others]);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'elsewhere', private: true, dependencies, overrides }),
  );
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], project);
}
