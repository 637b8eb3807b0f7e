// Opens the report that comes on standard input in Chromium, uses it from the keyboard, and prints what it saw.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const folder = await mkdtemp(join(tmpdir(), 'report-'));
const file = join(folder, 'report.html');
await writeFile(file, await text(process.stdin));
const url = pathToFileURL(file).href;
const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 900, height: 800 } });
  // A busy machine may take long.
  page.setDefaultTimeout(300_000);
  const messages = [];
  const requests = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('request', (request) => request.url() !== url && requests.push(request.url()));
  await page.goto(url);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const numbers = () => page.locator('tbody td.n').allTextContents();
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  const light = await background();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const dark = await background();
  await page.locator('th.n button').focus();
  await page.keyboard.press('Enter');
  const sorted = await numbers();
  await page.keyboard.press('Space');
  const sortedDown = await numbers();
  const charts = await page.locator('.chart svg').count();
  const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  const gaps = [];
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    gaps.push(await page.evaluate(gapOfHead));
  }
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const printed = {
    ground: await background(),
    text: await page.evaluate(() => getComputedStyle(document.body).color),
    contents: await page.locator('nav').isVisible(),
    button: await page.locator('#theme').isVisible(),
    charts: await page.evaluate(() => getComputedStyle(document.querySelector('.chart')).filter),
    pdf: (await page.pdf({ format: 'A4' })).subarray(0, 5).toString(),
  };
  const hacked = await page.evaluate(() => 'hacked' in window);
  process.stdout.write(
    JSON.stringify({
      hacked,
      messages,
      requests,
      charts,
      sorted,
      sortedDown,
      light,
      dark,
      skip,
      overflows,
      isHeadApart: gaps.every((gap) => gap >= 8),
      printed,
    }),
  );
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

/** How many pixels there are between the headline and the button beside or above it. */
function gapOfHead() {
  const title = document.querySelector('h1').getBoundingClientRect();
  const button = document.getElementById('theme').getBoundingClientRect();
  return Math.max(button.left - title.right, title.top - button.bottom, button.top - title.bottom);
}
