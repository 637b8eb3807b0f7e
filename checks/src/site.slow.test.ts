import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, posix } from 'node:path';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium as playwright } from 'playwright-core';
import { chromium, hasBrowser, root, run } from './process.js';

/** The site under a path of a host, as GitHub Pages serves it, without the API reference, which a workflow of its own builds. */
const BASE = '/churn/';
const folder = mkdtempSync(join(tmpdir(), 'churn-site-'));
const pages = new Map<string, string>();

beforeAll(() => {
  run('node_modules/.bin/vitepress', ['build', '--outDir', folder], join(root, 'docs'), {
    ...process.env,
    DOCS_API: 'none',
    DOCS_BASE: BASE,
  });
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.html')) pages.set(file, readFileSync(join(folder, file), 'utf8'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('has guides, packages, models, transformers and examples', () => {
  const places = ['guides/drift', 'packages/core/index', 'packages/models/ridge', 'packages/transforms/pca'];
  expect([...pages.keys()]).toEqual(
    expect.arrayContaining([...places, 'examples/browser/index', 'index'].map((place) => `${place}.html`)),
  );
});

it('parameter tables match the code', () => {
  run(process.execPath, ['docs/parameter-tables.mjs', '--check'], root);
});

it('every internal link leads to an existing page, file and anchor', () => {
  const broken = [...pages].flatMap(([page, html]) =>
    [...html.matchAll(/ (?:href|src)="([^"]*)"/g)]
      .map(([, target]) => target.replaceAll('&amp;', '&'))
      .filter((target) => !/^(\w+:|\/\/)/.test(target))
      .filter((target) => !leadsSomewhere(page, target))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

function leadsSomewhere(page: string, target: string): boolean {
  const { pathname, hash } = new URL(target, `http://host${BASE}${page}`);
  if (!pathname.startsWith(BASE)) return false;
  const path = decodeURI(pathname.slice(BASE.length));
  const file = path === '' || path.endsWith('/') ? posix.join(path, 'index.html') : path;
  const html = pages.get(file);
  if (html === undefined) return statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false;
  return hash === '' || html.includes(` id="${decodeURIComponent(hash.slice(1))}"`);
}

it('every page has a title, a description and an image for social media', () => {
  const poor = [...pages].filter(
    ([, html]) =>
      !/<title>.+<\/title>/.test(html) ||
      !/name="description" content=".+"/.test(html) ||
      !/property="og:image" content="https:/.test(html),
  );
  expect(poor.map(([page]) => page)).toEqual([]);
});

it('no two pages of guides, concepts, models and transformers share a description', () => {
  const descriptions = [...pages]
    .filter(([page]) => /^(guides\/|concepts|packages\/(models|transforms)\/)/.test(page))
    .map(([, html]) => /<meta name="description" content="([^"]*)"/.exec(html)?.[1]);
  expect(descriptions.length).toBeGreaterThan(50);
  expect(descriptions.filter((each, index) => descriptions.indexOf(each) !== index)).toEqual([]);
});

/** Cumulative layout shift, of which web.dev calls up to 0.1 good. */
const SUM_OF_SHIFTS = `
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { window.shifted += value; }))
    .observe({ type: 'layout-shift', buffered: true });
`;

const inBrowser = hasBrowser ? describe : describe.skip;

inBrowser('in a browser', () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    const types: Readonly<Record<string, string>> = {
      '.html': 'text/html',
      '.js': 'text/javascript',
      '.css': 'text/css',
      '.svg': 'image/svg+xml',
    };
    server = createServer(({ url = '' }, response) => {
      const path = decodeURI(url.split('?')[0]).slice(BASE.length);
      const file = join(folder, path.endsWith('/') || path === '' ? `${path}index.html` : path);
      if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
      return response.end(readFileSync(file));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each([
    ['', 'light', 390],
    ['', 'dark', 1280],
    ['packages/models/ridge.html', 'light', 1280],
    ['packages/models/ridge.html', 'dark', 390],
    ['guides/no-leakage.html', 'dark', 1280],
    ['concepts.html', 'light', 1280],
    ['playground.html', 'light', 390],
  ] as const)(
    '/%s is accessible (axe) and stable in %s colours, at %d pixels',
    async (path, colorScheme, width) => {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      const messages: string[] = [];
      page.on('pageerror', (error) => messages.push(String(error)));
      await page.addInitScript(SUM_OF_SHIFTS);
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}${BASE}${path}`, { waitUntil: 'networkidle' });
      await page.addScriptTag({ content: readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') });
      // An experimental rule: the name of the theme's search button lacks the key shown in it.
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run({ rules: { 'label-content-name-mismatch': { enabled: false } } })`,
      );
      const shifted = await page.evaluate<number>('shifted');
      await page.close();
      expect(shifted).toBeLessThan(0.05);
      expect(messages).toEqual([]);
      expect(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html)])).toEqual(
        [],
      );
    },
  );
});
