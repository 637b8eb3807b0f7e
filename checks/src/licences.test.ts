import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './process';

/** Licences under which anything may be built upon. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'Unlicense'];
/** What has another licence, or says none that a machine can read, and why it may stay. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  '@resvg/resvg-js': 'MPL-2.0: used as it is; only changes of its own files would have to be shared',
  'dejavu-fonts-ttf': "Bitstream Vera's terms, in its LICENSE: may be used, embedded and passed on",
};

interface Manifest {
  readonly name: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Where a package finds another one, as Node looks for it. */
function folderOf(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(found)) return realpathSync(found);
    if (folder === dirname(folder)) throw new Error(`${name} is not installed for ${from}`);
  }
}

/** All that is installed along with what is published. */
function productionDependencies(): Map<string, Manifest> {
  const manifests = new Map<string, Manifest>();
  const visit = (folder: string) => {
    if (manifests.has(folder)) return;
    const manifest = manifestOf(folder);
    manifests.set(folder, manifest);
    for (const name of Object.keys(manifest.dependencies ?? {})) visit(folderOf(name, folder));
  };
  for (const group of ['packages', 'apps']) {
    for (const name of readdirSync(join(root, group))) visit(join(root, group, name));
  }
  return manifests;
}

const installed = [...productionDependencies().values()];

it('has only packages with open licences installed', () => {
  expect(installed.length).toBeGreaterThan(50);
  const others = installed.filter(
    ({ name, license }) => !ALLOWED.includes(license ?? '') && !Object.hasOwn(EXCEPTIONS, name),
  );
  expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

it('has no exception for packages that are not installed, or need none', () => {
  const needed = installed.filter(({ license }) => !ALLOWED.includes(license ?? '')).map(({ name }) => name);
  expect([...new Set(needed)].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});
