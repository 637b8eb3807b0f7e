// Opens the documents that come on standard input in Chromium, touches all that is in them, and prints what happened: nothing should.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const folder = await mkdtemp(join(tmpdir(), 'inert-'));
const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] });
const happened = [];
let opened = 0;
let tell;
let url;
try {
  // The policy of a page must not be all that keeps it from harm.
  const page = await browser.newPage({ bypassCSP: true });
  // A busy machine may take long.
  page.setDefaultTimeout(300_000);
  page.on('console', (message) => tell(message.text()));
  page.on('pageerror', (error) => tell(error.message));
  page.on('dialog', (dialog) => tell(dialog.message()));
  page.on('popup', () => tell('popup'));
  page.on('request', (request) => request.url() !== url && tell(request.url()));
  for (const { name, content } of JSON.parse(await text(process.stdin))) {
    const file = join(folder, name);
    await writeFile(file, content);
    url = pathToFileURL(file).href;
    tell = (what) => happened.push(`${name}: ${what}`);
    await page.goto(url);
    const { found, strange } = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')];
      for (const element of all) {
        for (const type of ['pointermove', 'mouseover', 'click', 'focus', 'load', 'error', 'animationend'])
          element.dispatchEvent(new Event(type, { bubbles: true }));
      }
      const isStrange = ({ localName, attributes }) =>
        ['img', 'iframe', 'object', 'embed', 'form', 'base', 'image', 'use', 'foreignObject'].includes(
          localName,
        ) ||
        [...attributes].some(
          ({ name, value }) =>
            /^on/i.test(name) || (/href$|^src/.test(name) && !/^(#|data:text\/csv;)/.test(value)),
        );
      return {
        found: 'hacked' in window || document.documentElement.hasAttribute('hacked'),
        strange: all.filter(isStrange).map((element) => element.outerHTML.slice(0, 200)),
      };
    });
    if (found) tell('a script ran');
    for (const each of strange) tell(each);
    await page.waitForTimeout(50);
    opened++;
  }
  process.stdout.write(JSON.stringify({ opened, happened }));
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
