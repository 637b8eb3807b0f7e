// Measures the built site by Lighthouse, on a phone and a desktop: prints the median scores of each page, and fails if one is below 95.
// The site is served with compression, as GitHub Pages does. Set LIGHTHOUSE_RUNS for another number of runs than 3, and CHROME_PATH.
import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

// The last version for Node 20. It is run by npx, being larger than all other tools together.
const LIGHTHOUSE = 'lighthouse@12.8.2';
const PAGES = {
  home: '',
  guide: 'guides/no-leakage.html',
  model: 'packages/models/ridge.html',
  concepts: 'concepts.html',
  playground: 'playground.html',
};
const DEVICES = { phone: [], desktop: ['--preset=desktop'] };
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const LEAST = 95;
const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 3);
const DIST = join(import.meta.dirname, '.vitepress/dist');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.xml': 'text/xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const server = createServer(({ url = '' }, response) => {
  const path = decodeURI(new URL(url, 'http://host').pathname);
  const file = join(DIST, path.endsWith('/') ? `${path}index.html` : path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const isText = /text|json|svg|xml/.test(type);
  const body = readFileSync(file);
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'max-age=600',
    ...(isText ? { 'content-encoding': 'gzip' } : {}),
  });
  return response.end(isText ? gzipSync(body) : body);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

/** The four scores of a page, from 0 to 100. */
async function scoresOf(path, flags) {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '-y',
      LIGHTHOUSE,
      `http://127.0.0.1:${server.address().port}/${path}`,
      '--output=json',
      '--quiet',
      '--chrome-flags=--headless=new --no-sandbox',
      `--only-categories=${CATEGORIES}`,
      ...flags,
    ],
    { maxBuffer: 64 << 20 },
  );
  const { categories } = JSON.parse(stdout);
  return CATEGORIES.map((category) => Math.round(100 * categories[category].score));
}

const print = (line) => process.stdout.write(`${line}\n`);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

print(`| page | device | ${CATEGORIES.join(' | ')} |`);
print(`| ---- | ------ | ${CATEGORIES.map(() => '---: |').join(' ')}`);
for (const [page, path] of Object.entries(PAGES))
  for (const [device, flags] of Object.entries(DEVICES)) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await scoresOf(path, flags));
    const medians = CATEGORIES.map((_, index) => median(runs.map((scores) => scores[index])));
    if (medians.some((score) => score < LEAST)) process.exitCode = 1;
    print(`| ${page} | ${device} | ${medians.join(' | ')} |`);
  }
server.close();
