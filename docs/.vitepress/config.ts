import { defineConfig } from 'vitepress';
import { project } from '../../checks/scripts/project.mjs';
import { linkPages } from './links.js';
import { NO_PAGES, pageOf, ROOT } from './pages.js';
import { navigation, sidebar } from './sidebar.js';

const { page: repository = '', site = '' } = project(ROOT);

export default defineConfig({
  title: 'churn',
  description: 'Tabular machine learning in TypeScript.',
  lang: 'en',
  // The path under which a host serves the site, such as `/churn/`.
  base: process.env.DOCS_BASE ?? '/',
  srcDir: '..',
  srcExclude: NO_PAGES,
  rewrites: (source) => pageOf(source) ?? source,
  outDir: '.vitepress/dist',
  vite: {
    publicDir: `${import.meta.dirname}/public`,
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
  markdown: { config: linkPages(repository) },
  sitemap: { hostname: `${site}/` },
  themeConfig: {
    nav: navigation(),
    sidebar: sidebar(),
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }],
    outline: [2, 3],
  },
});
