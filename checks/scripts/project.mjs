// The metadata of the project, defined only in the root package.json: its name has the scope of all packages, `repository` the address of
// the sources, and `homepage` that of the documentation.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export const readManifest = (directory) => JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));

/** The scope without its `@`, the page of the repository and the address of the documentation, without a trailing slash. */
export function project(root = ROOT) {
  const { name, repository, homepage } = readManifest(root);
  return {
    scope: name.slice(1, name.indexOf('/')),
    page: pageOf(repository.url),
    site: homepage.replace(/\/$/, ''),
  };
}

/** The directories of published packages, relative to the root, such as `packages/core`. */
export function publishedDirectories(root = ROOT) {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => `${group}/${name}`)
      .filter((directory) => existsSync(join(root, directory, 'package.json')))
      .filter((directory) => !readManifest(join(root, directory)).private),
  );
}

/** The page of a repository, `https://example.com/owner/name`; `undefined` if the address is not one. */
export function pageOf(address) {
  const parts = /^(?:[\w+]+:\/\/)?(?:[^@/]+@)?([\w.-]+\.\w+)[:/](.+?)(?:\.git)?\/?$/.exec(address);
  return parts ? `https://${parts[1]}/${parts[2]}` : undefined;
}
