import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { chromium, hasBrowser, root, run } from './process.js';

/** The examples run as their READMEs say, and print or show what they should. */
const at = (name: string) => join(root, 'examples', name);
const start = (name: string) => run('npm', ['start', '--silent'], at(name));

it('transforms-alone prepares a table for another library', () => {
  const printed = start('transforms-alone');
  expect(printed).toContain('medians: { rooms: 3, area: 75 }');
  expect(printed).toMatch(/heating becomes: \[ 'heating_gas'/);
  const prepared = readFileSync(join(at('transforms-alone'), 'outputs/prepared.csv'), 'utf8');
  expect(prepared.trim().split('\n')).toHaveLength(7);
  expect(prepared).not.toMatch(/,,|NaN/);
});

it('from-scikit-learn prints the scikit-learn output of its README', () => {
  const readme = readFileSync(join(at('from-scikit-learn'), 'README.md'), 'utf8');
  const expected = /```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(start('from-scikit-learn').trim()).toBe(expected.trim());
});

it('custom-transformer-search compares candidates in two threads', () => {
  const printed = start('custom-transformer-search');
  expect(printed.match(/AUC 0\.9\d+, rank [1-6]$/gm)).toHaveLength(6);
  expect(printed).toMatch(/best: \{ ratios: (true|false), C: [\d.]+ \}/);
});

describe('train-and-serve', () => {
  let server: ChildProcess;
  let address = '';

  beforeAll(async () => {
    const env = { ...process.env, PORT: '0' };
    const tsx = join(at('train-and-serve'), 'node_modules/.bin/tsx');
    server = spawn(tsx, ['main.ts'], { cwd: at('train-and-serve'), env });
    address = await new Promise((resolve, reject) => {
      let printed = '';
      server.stdout?.on('data', (text) => {
        printed += text;
        const found = /listening on (\S+)/.exec(printed);
        if (found) resolve(found[1]);
      });
      server.on('exit', () => reject(new Error(`ended after: ${printed}`)));
    });
  });

  afterAll(() => {
    server.kill();
  });

  it('answers with probabilities, and reports missing values', async () => {
    const { expects } = (await (await fetch(address)).json()) as {
      expects: { name: string; kind: string }[];
    };
    const row = Object.fromEntries(expects.map(({ name, kind }) => [name, kind === 'numeric' ? 40 : 'Blue']));
    const good = await fetch(address, { method: 'POST', body: JSON.stringify([row]) });
    const [probability] = (await good.json()) as number[];
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThan(1);
    const bad = await fetch(address, { method: 'POST', body: '[{"Gender": "F"}]' });
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain('Customer_Age');
  });
});

const inBrowser = hasBrowser ? it : it.skip;
inBrowser(
  'browser trains and draws in a page without a server (skipped where there is no Chromium)',
  async () => {
    start('browser');
    const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      // A busy machine may take long.
      page.setDefaultTimeout(300_000);
      const problems: string[] = [];
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(`file://${join(at('browser'), 'index.html')}`);
      await page.waitForSelector('#chart svg');
      const summary = await page.textContent('#summary');
      expect(summary).toMatch(/logistic regression 0\.[78]\d+, random forest 0\.[78]\d+/);
      await page.fill('#seed', '7');
      await page.dispatchEvent('#seed', 'change');
      const before = JSON.stringify(summary);
      await page.waitForFunction(`document.querySelector('#summary').textContent !== ${before}`);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
