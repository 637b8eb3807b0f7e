import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Random } from '@churn/core';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { chromium, hasBrowser, root, run } from './process.js';

/** What runs in the pages of the site: code blocks, and the playground. */
const folder = mkdtempSync(join(tmpdir(), 'churn-page-modules-'));
const modules = join(root, 'docs/page/dist');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
let browser: Browser;
let page: Page;
let site: Server;
/** Another server, which pages could send to. */
let elsewhere: Server;
const asked: string[] = [];
const sentElsewhere: string[] = [];
const messages: string[] = [];

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const listening = (server: Server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

/** The code blocks of a page, and the output that it gives for the last. */
function blocksOf(file: string) {
  const text = readFileSync(join(root, file), 'utf8');
  const blocks = Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```$/gm), ([, code]) => code);
  return {
    blocks,
    printed: Array.from(text.matchAll(/^```text\n([\s\S]*?)^```$/gm), ([, out]) => out).at(-1),
  };
}

function pageOf(blocks: readonly string[]): string {
  const shown = blocks.map((code) => {
    const text = code.replace(/\n$/, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `<div class="runnable"><div><pre><code>${text}</code></pre></div></div>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">
${shown.join('\n')}<div class="playground"></div>
<script type="module">
import { enableBlocks } from './blocks.js';
import { createPlayground } from './playground.js';
enableBlocks(document);
createPlayground(document.querySelector('.playground'));
</script></html>`;
}

async function open(blocks: readonly string[]): Promise<void> {
  writeFileSync(join(folder, 'page.html'), pageOf(blocks));
  await page.goto(`${addressOf(site)}/page.html`);
}

/** What is shown when the last block of the page is run. */
async function runLast(): Promise<string> {
  await page.getByRole('button', { name: 'Run', exact: true }).last().click();
  const output = page.locator('.run-output').last();
  await output.and(page.locator('[aria-busy=false]')).waitFor();
  return (await output.locator('pre').allTextContents()).join('');
}

/** Rows in which those of few calls left. */
function customers(seed: number, count: number): string {
  const random = new Random(seed);
  const rows = Array.from({ length: count }, (_, i) => {
    const [calls, age] = [random.int(60), 20 + random.int(50)];
    const left = calls + 15 * random.normal() < 20 ? 'yes' : 'no';
    return [calls, age, 'ABC'[i % 3], left].join(',');
  });
  return ['calls,age,plan,left', ...rows, ''].join('\n');
}

const choose = (name: string, text: string) =>
  page.locator('#playground-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function saved(label: string, as: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: label }).click(),
  ]);
  const file = join(folder, as);
  await download.saveAs(file);
  return file;
}

/** A program that scores rows by a model file, and prints the probability of each. */
function scoring(model: string, rows: string): string {
  return `import { parseModel } from '@churn/core';
import * as models from '@churn/models';
import * as selection from '@churn/selection';
import * as transforms from '@churn/transforms';
import { parseCsv, toTable } from '@churn/io';

const text = ${JSON.stringify(model)};
const known: Record<string, never> = { ...models, ...selection, ...transforms } as never;
const classes = Array.from(text.matchAll(/"type":"(\\w+)"/g), ([, name]) => known[name]).filter(Boolean);
const { model } = await parseModel(text, [...new Set(classes)]);
const [, probabilities] = model.predictProba(toTable(parseCsv(${JSON.stringify(rows)})));
console.log(Array.from(probabilities).join('\\n'));
`;
}

const inBrowser = hasBrowser ? describe : describe.skip;
const why = hasBrowser ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)';

inBrowser(`the pages of the site${why}`, () => {
  beforeAll(async () => {
    site = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const name = String(request.url).slice(1);
      response.setHeader('Content-Type', TYPES[extname(name)] ?? 'text/plain');
      response.end(readFileSync(join(name === 'page.html' ? folder : modules, name)));
    });
    elsewhere = createServer((request, response) => {
      sentElsewhere.push(String(request.url));
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.end('received');
    });
    await Promise.all([listening(site), listening(elsewhere)]);
    browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    page = await browser.newPage();
    // A busy machine may take long.
    page.setDefaultTimeout(300_000);
    page.on('pageerror', ({ message }) => messages.push(message));
  });

  afterAll(async () => {
    await browser?.close();
    site?.close();
    elsewhere?.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    'packages/transforms/docs/pca.md',
    'packages/transforms/docs/standard-scaler.md',
    'docs/guides/quick-start.md',
  ])('prints the output shown in %s in the browser', async (file) => {
    const { blocks, printed } = blocksOf(file);
    await open(blocks);
    expect(await runLast()).toBe(printed);
  });

  it('draws charts, and reports the line of an error, also in an edited block', async () => {
    const chart = `import { histogramChart } from '@churn/eda';\nconst ages: number[] = [45, 49, 51];\nconst chart = histogramChart('age', ages);\n`;
    await open([chart, 'console.log(ages.length);\nages.at(9).valueOf();\n']);
    expect(await runLast()).toMatch(/^3\nline 2: TypeError: /);
    await page.getByRole('button', { name: 'Run', exact: true }).first().click();
    const image = page.getByRole('img');
    await image.waitFor();
    expect(await image.getAttribute('src')).toMatch(/^data:image\/svg/);
    await page.getByRole('button', { name: 'Edit' }).last().click();
    const editor = page.getByRole('textbox', { name: 'Code block 2: TypeScript' });
    await editor.fill('const n: number = ages[1];\nconsole.log("got", n);');
    await editor.press('Control+Enter');
    await page.getByText('got 49', { exact: true }).waitFor();
    await editor.fill('const n: = 1;');
    expect(await runLast()).toMatch(/^line 1: SyntaxError: /);
  });

  it('stops a program that does not end', async () => {
    await open(["console.log('begun');\nwhile (true);\n"]);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('begun').last().waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('stopped', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isVisible()).toBe(true);
  });

  it('blocks all requests to other hosts', async () => {
    await open([`await fetch('${addressOf(elsewhere)}/rows', { method: 'POST', body: 'rows' });\n`]);
    expect(await runLast()).toMatch(/TypeError: .*fetch/);
    expect(sentElsewhere).toEqual([]);
  });

  it('trains a model on a file, whose model file scores the same in Node', async () => {
    await open([]);
    await choose('customers.csv', customers(5, 300));
    await page.getByText('customers.csv: 300 rows, 4 columns').waitFor();
    expect(await page.getByLabel('Target').inputValue()).toBe('left');
    asked.length = 0;
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByRole('link', { name: 'Download the model' }).waitFor();
    const model = await saved('Download the model', 'trained.model.json');
    expect(readFileSync(await saved('Download the report', 'report.html'), 'utf8')).toContain(
      '<title>left: training report</title>',
    );
    const report = page.frameLocator('iframe[title="Training report"]');
    await report.getByRole('heading', { level: 1 }).waitFor();
    // Its own modules are all that it has asked for.
    expect(asked.filter((request) => !/^GET \/[\w.-]+\.js$/.test(request))).toEqual([]);

    const rows = join(folder, 'rows.csv');
    writeFileSync(rows, customers(6, 40));
    const churn = join(root, 'apps/churn/bin/churn.js');
    const scored = run(process.execPath, [churn, 'predict', '--model', model, '--input', rows], folder);
    const [head, ...lines] = scored.trim().split(/\r?\n/);
    const place = head.split(',').findIndex((name) => /probability/.test(name));
    const inNode = lines.map((line) => line.split(',')[place]);
    await open([scoring(readFileSync(model, 'utf8'), readFileSync(rows, 'utf8'))]);
    expect((await runLast()).trim().split('\n')).toEqual(inNode);
    expect(messages).toEqual([]);
  });

  it('cancels a training, and trains a regression', async () => {
    await open([]);
    const [head, ...rows] = customers(7, 150).trim().split('\n');
    const spent = rows.map((row, i) => `${row},${10 * Number(row.split(',')[0]) + (i % 7)}`);
    await choose('spent.csv', [`${head},spent`, ...spent].join('\n'));
    await page.getByLabel('Target').selectOption('spent');
    expect(await page.getByLabel('Predict').inputValue()).toBe('value');
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Training canceled.').waitFor();
    await page.getByRole('button', { name: 'Train' }).click();
    const report = page.frameLocator('iframe[title="Training report"]');
    await report.getByRole('heading', { name: 'spent: training report' }).waitFor();
    const file = JSON.parse(readFileSync(await saved('Download the model', 'value.model.json'), 'utf8'));
    expect(file.training.target).toEqual({ column: 'spent' });
    expect(messages).toEqual([]);
  });

  it('reports the errors of a file in one message', async () => {
    await open([]);
    const alert = page.getByRole('alert');
    for (const [name, text, message] of [
      ['broken.csv', 'a,b\n1,"2\n', /^broken\.csv, line 2, column "b": /],
      ['ragged.csv', 'a,b\n1,2\n1,2,3\n', /^ragged\.csv, line 3: /],
      ['empty.csv', '', /^empty\.csv: /],
      ['head.csv', 'a,b\n', /^head\.csv: /],
    ] as const) {
      await choose(name, text);
      await alert.filter({ hasText: message }).waitFor();
    }
    await choose('ids.csv', 'id,left\n1,yes\n2,yes\n3,no\n');
    await page.getByText('ids.csv: 3 rows, 2 columns').waitFor();
    await page.getByRole('button', { name: 'Train' }).click();
    await alert.filter({ hasText: /^ids\.csv: / }).waitFor();
  });
});
