import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

/** The repository, whose Markdown files are the pages. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Each pattern of a source, and where its page is. The first that matches is used; what matches none is no page. */
const PLACES: readonly (readonly [source: RegExp, page: string])[] = [
  [/^docs\/(.*)README\.md$/, '$1index.md'],
  [/^docs\/(.+)$/, '$1'],
  [/^packages\/([\w-]+)\/README\.md$/, 'packages/$1/index.md'],
  [/^packages\/([\w-]+)\/CHANGELOG\.md$/, 'packages/$1/changelog.md'],
  [/^packages\/([\w-]+)\/docs\/([^/]+)$/, 'packages/$1/$2'],
  [/^examples\/README\.md$/, 'examples/index.md'],
  [/^examples\/([\w-]+)\/README\.md$/, 'examples/$1/index.md'],
  [/^apps\/churn\/README\.md$/, 'application/index.md'],
  [/^apps\/create\/README\.md$/, 'application/create.md'],
  [/^README\.md$/, 'overview.md'],
  [/^CONTRIBUTING\.md$/, 'contributing.md'],
  [/^ROADMAP\.md$/, 'roadmap.md'],
  [/^(deploy|data)\/README\.md$/, '$1.md'],
  [/^bench\/README\.md$/, 'benchmarks/index.md'],
  [/^bench\/RESULTS\.md$/, 'benchmarks/results.md'],
];

/** Where a Markdown file of the repository is on the site, such as `guides/drift.md`; `undefined` if it is no page. */
export function pageOf(source: string): string | undefined {
  const place = PLACES.find(([pattern]) => pattern.test(source));
  return place && source.replace(place[0], place[1]);
}

/** Whether the reference of the API, `docs/api`, is part of the site: it has been written, and is wanted. */
export const HAS_API = existsSync(join(ROOT, 'docs/api/index.md')) && process.env.DOCS_API !== 'none';

/** Globs of the Markdown files that are no pages. */
export const NO_PAGES = [
  ...(HAS_API ? [] : ['docs/api/**']),
  '!(README|CONTRIBUTING|ROADMAP).md',
  '{apps,bench,checks,docs,examples}/**/CHANGELOG.md',
  'checks/**',
  'outputs/**',
  '{apps,examples}/*/*/**/*.md',
  '{bench,data,deploy}/*/**/*.md',
  'packages/*/!(docs)/**/*.md',
];

/** The page, or file of the repository, that a link of a source names: its path from the root, if it exists. */
export function targetOf(source: string, link: string): string | undefined {
  const path = posix.join(posix.dirname(source), decodeURI(link)).replace(/\/$/, '');
  if (path.startsWith('..') || !existsSync(join(ROOT, path))) return undefined;
  if (!statSync(join(ROOT, path)).isDirectory()) return path;
  const readme = posix.join(path, 'README.md');
  return pageOf(readme) && existsSync(join(ROOT, readme)) ? readme : path;
}

/** The Markdown files of a directory, in alphabetical order: their paths from the root. */
export function sourcesIn(directory: string): string[] {
  const at = join(ROOT, directory);
  if (!existsSync(at)) return [];
  return readdirSync(at)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => posix.join(directory, file));
}

/** The text of a source's first heading, without Markdown. */
export function titleOf(source: string): string {
  const text = readFileSync(join(ROOT, source), 'utf8');
  const heading = /^# (.+)$/m.exec(text)?.[1];
  return heading?.replaceAll('`', '') ?? posix.basename(source, '.md');
}

/** The address of a source's page from the base of the site on. */
export function addressOf(source: string): string {
  return `/${pageOf(source)?.replace(/(^|\/)index\.md$/, '$1')}`;
}
