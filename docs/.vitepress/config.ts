import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { project } from '../../checks/scripts/project.mjs';
import { runnable } from '../page/src/run/runnable.js';
import { withoutBadges } from './badges.js';
import { linkPages } from './links.js';
import { NO_PAGES, pageOf, ROOT } from './pages.js';
import { publishPageModules } from './publish-page-modules.js';
import { searchable } from './search.js';
import { navigation, sidebar } from './sidebar.js';
import { summaryOf } from './summary.js';

const { page: repository = '', site = '' } = project(ROOT);

const publicDir = `${import.meta.dirname}/public`;
publishPageModules(publicDir);
const withLinks = linkPages(repository);

// The path under which a host serves the site, such as `/churn/`.
const base = process.env.DOCS_BASE ?? '/';

// The earlier versions that `versions.mjs` builds; their pages are not for search engines.
const earlier = process.env.DOCS_VERSIONS?.split(' ').filter((version) => version !== '') ?? [];
const isEarlier = base.includes('/v/');

export default defineConfig({
  title: 'churn',
  description: 'Tabular machine learning in TypeScript.',
  lang: 'en',
  base,
  srcDir: '..',
  srcExclude: NO_PAGES,
  // The list of all pages is fetched once, instead of being part of each.
  metaChunk: true,
  rewrites: (source) => pageOf(source) ?? source,
  outDir: '.vitepress/dist',
  vite: {
    publicDir,
    plugins: [
      {
        // Pages lie in the whole repository, of which this package alone depends on Vue.
        name: 'vue-of-the-site',
        enforce: 'pre',
        resolveId(id, importer, options) {
          if (!/^vue(\/|$)/.test(id) || !importer?.includes('.md')) return null;
          return this.resolve(id, import.meta.filename, { ...options, skipSelf: true });
        },
      },
    ],
  },
  // What runs in a page can send nothing elsewhere: a static host sends no policy itself.
  head: [
    ['meta', { 'http-equiv': 'Content-Security-Policy', content: "connect-src 'self'" }],
    ...(isEarlier
      ? [['meta', { name: 'robots', content: 'noindex' }] as [string, Record<string, string>]]
      : []),
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}favicon.svg` }],
    ['meta', { property: 'og:image', content: `${site}/card.png` }],
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
  ],
  transformPageData({ filePath, description }) {
    const summary = summaryOf(readFileSync(join(ROOT, filePath), 'utf8'));
    return { description: description || summary };
  },
  // The home page of the theme has no landmark for its content.
  transformHtml: (code) => code.replace(/<div class="VPHome"/, '<div role="main" class="VPHome"'),
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
    config(markdown) {
      withLinks(markdown);
      withoutBadges(markdown);
      // VitePress has types of its own for the same library.
      runnable(markdown as never);
    },
  },
  sitemap: { hostname: `${site}/` },
  themeConfig: {
    nav: navigation(earlier, site),
    sidebar: sidebar(),
    search: { provider: 'local', options: { _render: searchable } },
    socialLinks: [{ icon: 'github', link: repository }],
    outline: [2, 3],
  },
});
