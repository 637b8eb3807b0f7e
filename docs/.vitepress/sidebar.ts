import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { entryPoints } from '../entry-points.mjs';
import { addressOf, ROOT, sourcesIn, titleOf } from './pages.js';

/** The parts of the site in the bar at the top: those that there are. */
export function navigation(): DefaultTheme.NavItem[] {
  return [
    part('Guides', 'docs/guides/README.md'),
    part('Tutorials', 'docs/tutorials/README.md'),
    part('Recipes', 'docs/recipes/README.md'),
    part('Packages', 'packages/core/README.md', '^/packages/'),
    part('Examples', 'examples/README.md'),
    part('API', 'docs/api/index.md'),
    part('Playground', 'docs/playground.md'),
  ].flat();
}

function part(text: string, source: string, activeMatch?: string): DefaultTheme.NavItemWithLink[] {
  if (!existsSync(join(ROOT, source))) return [];
  const link = addressOf(source);
  return [{ text, link, activeMatch: activeMatch ?? `^${link}` }];
}

/** The navigation beside the pages of each part of the site. */
export function sidebar(): DefaultTheme.SidebarMulti {
  return {
    '/guides/': [{ text: 'Guides', items: listed('docs/guides/README.md') }],
    '/tutorials/': [{ text: 'Tutorials', items: items(sourcesIn('docs/tutorials')) }],
    '/recipes/': [{ text: 'Recipes', items: items(sourcesIn('docs/recipes')) }],
    '/packages/': [{ text: 'Packages', items: packages() }],
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

function packages(): DefaultTheme.SidebarItem[] {
  return readdirSync(join(ROOT, 'packages'))
    .filter((name) => existsSync(join(ROOT, 'packages', name, 'README.md')))
    .map((name) => {
      const pages = items(sourcesIn(`packages/${name}/docs`));
      const overview = { text: name, link: `/packages/${name}/` };
      return pages.length ? { ...overview, collapsed: true, items: pages } : overview;
    });
}
