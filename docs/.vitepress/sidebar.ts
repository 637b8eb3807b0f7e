import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { entryPoints } from '../entry-points.mjs';
import { addressOf, HAS_API, ROOT, sourcesIn, titleOf } from './pages.js';

/**
 * The bar at the top: the parts of the site that exist, and the versions of the packages with their changelogs.
 *
 * @param earlier the earlier versions that have a site of their own, such as `0.1`.
 * @param site the address of the site.
 */
export function navigation(earlier: readonly string[], site: string): DefaultTheme.NavItem[] {
  return [
    { text: 'Learn', items: learning() },
    part('Packages', 'packages/core/README.md', '^/packages/'),
    HAS_API ? part('API', 'docs/api/index.md') : [],
    part('Playground', 'docs/playground.md'),
    versions(earlier, site),
  ].flat();
}

function learning(): DefaultTheme.NavItemWithLink[] {
  return [
    part('Guides', 'docs/guides/README.md'),
    part('Tutorials', 'docs/tutorials/README.md'),
    part('Concepts', 'docs/concepts.md'),
    part('Recipes', 'docs/recipes/README.md'),
    part('Examples', 'examples/README.md'),
    part('Glossary', 'docs/glossary.md'),
  ].flat();
}

function versions(earlier: readonly string[], site: string): DefaultTheme.NavItemWithChildren {
  const changelogs = packageNames().map((name) => {
    const changelog = `packages/${name}/CHANGELOG.md`;
    const hasChangelog = existsSync(join(ROOT, changelog));
    return {
      text: `${name} ${versionOf(name)}`,
      link: addressOf(hasChangelog ? changelog : `packages/${name}/README.md`),
    };
  });
  const sites = earlier.map((version) => ({
    text: version,
    link: `${site}/v/${version}/`,
    target: '_self',
  }));
  return {
    text: `v${versionOf('core')}`,
    items: [
      { text: 'Changelogs', items: changelogs },
      ...(sites.length > 0 ? [{ text: 'Earlier versions', items: sites }] : []),
    ],
  };
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8')).version;
}

function packageNames(): string[] {
  return readdirSync(join(ROOT, 'packages')).filter((name) =>
    existsSync(join(ROOT, 'packages', name, 'README.md')),
  );
}

function part(text: string, source: string, activeMatch?: string): DefaultTheme.NavItemWithLink[] {
  if (!existsSync(join(ROOT, source))) return [];
  const link = addressOf(source);
  return [{ text, link, activeMatch: activeMatch ?? `^${link}` }];
}

/** The navigation beside the pages of each part of the site. */
export function sidebar(): DefaultTheme.SidebarMulti {
  const concepts = {
    text: 'Concepts',
    items: items(['docs/concepts.md', 'docs/glossary.md', 'docs/architecture.md']),
  };
  return {
    '/guides/': [{ text: 'Guides', items: listed('docs/guides/README.md') }, concepts],
    '/concepts': [concepts],
    '/glossary': [concepts],
    '/architecture': [concepts],
    '/tutorials/': [{ text: 'Tutorials', items: items(sourcesIn('docs/tutorials')) }],
    '/recipes/': [{ text: 'Recipes', items: items(sourcesIn('docs/recipes')) }],
    ...Object.fromEntries(
      packageNames().map((name) => [`/packages/${name}/`, [{ text: 'Packages', items: packages(name) }]]),
    ),
    '/api/': [{ text: 'API reference', items: listedModules() }],
    '/examples/': [{ text: 'Examples', items: listed('examples/README.md') }],
  };
}

/** The entry points of the API reference. */
function listedModules(): DefaultTheme.SidebarItem[] {
  return entryPoints().map(({ module }) => ({ text: module, link: `/api/${module}/` }));
}

function items(sources: readonly string[]): DefaultTheme.SidebarItem[] {
  return sources.map((source) => ({ text: titleOf(source), link: addressOf(source) }));
}

/** What the table of an overview links to, in its order. */
function listed(overview: string): DefaultTheme.SidebarItem[] {
  const text = readFileSync(join(ROOT, overview), 'utf8');
  const directory = overview.replace('README.md', '');
  return [...text.matchAll(/^\| \[(.+?)\]\(([^)]+\.md)\)/gm)].map(([, title = '', path = '']) => ({
    text: title.replaceAll('`', ''),
    link: addressOf(directory + path),
  }));
}

/** All packages, with the pages of one. */
function packages(opened: string): DefaultTheme.SidebarItem[] {
  return packageNames().map((name) => ({
    text: name,
    link: `/packages/${name}/`,
    items: name === opened ? items(sourcesIn(`packages/${name}/docs`)) : [],
  }));
}
