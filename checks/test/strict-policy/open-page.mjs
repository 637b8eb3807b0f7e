// Serves a folder under a policy, `default-src 'self'` unless another is given, opens it in Chromium and prints what the page reports.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, executablePath, policy = "default-src 'self'"] = process.argv.slice(2);
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

let reported;
const report = new Promise((resolve) => {
  reported = resolve;
});
const server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end();
    reported(Buffer.concat(chunks).toString());
    return;
  }
  const name = request.url === '/' ? 'index.html' : request.url.slice(1);
  const body = await readFile(join(folder, name)).catch(() => undefined);
  response.writeHead(body ? 200 : 404, {
    'Content-Type': TYPES[extname(name)] ?? 'text/plain',
    'Content-Security-Policy': policy,
  });
  response.end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  // A busy machine may take long.
  page.setDefaultTimeout(300_000);
  page.on('pageerror', (error) => reported(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  process.stdout.write(await report);
} finally {
  await browser.close();
  server.close();
}
