import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  StandardScaler,
} from '@churn/transforms';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createLogger } from '../terminal/logger.js';
import { loadServedClasses } from '../testing/served-classes.js';
import type { ServedClassModel } from './served-model.js';
import { createServer, type ScoringServer } from './server.js';

const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));
const mustRun = executablePath !== undefined || process.env.CI_REQUIRE_BROWSER === '1';
const inBrowser = mustRun ? describe : describe.skip;
const why = mustRun ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)';

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
const COLUMN = `__proto__${HOSTILE}`;
const usage = Float64Array.from({ length: 60 }, (_, i) => (i * 37) % 50);
const x = Table.fromColumns([
  ['usage', usage],
  ['__proto__', Array.from(usage, (_, i) => ['basic', HOSTILE][i % 2])],
  [COLUMN, usage.map((value) => value % 7)],
]);
const y = Array.from(usage, (value) => (value > 25 ? HOSTILE : '<b>stays'));

inBrowser(`the page${why}`, () => {
  let folder: string;
  let model: ServedClassModel;
  let browser: Browser;
  let app: ScoringServer | undefined;
  const told: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'churn-page-'));
    const steps = [
      ...[new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })],
      ...[new PolynomialFeatures({ degree: 2 }), new StandardScaler()],
    ];
    const fitted = new Pipeline(steps, new LogisticRegression()).fit(x, y);
    await saveModel(join(folder, 'm.json'), fitted, { threshold: 0.3, predicts: 'leaving' });
    model = await loadServedClasses(join(folder, 'm.json'));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);
  afterEach(async () => {
    const closed = app?.close();
    // A browser keeps connections that it may need.
    app?.server.closeAllConnections();
    await closed;
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the page of a service; what the browser complains of is collected. */
  async function open(apiKey?: string): Promise<Page> {
    told.length = 0;
    const logger = createLogger();
    logger.silent = true;
    app = createServer({ model: () => model, logger, apiKey });
    const page = await browser.newPage();
    page.on('dialog', (dialog) => {
      told.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', ({ message }) => told.push(message));
    page.on('console', (message) => {
      if (!message.text().includes('Failed to load resource')) told.push(message.text());
    });
    await page.goto(await app.listen({ host: '127.0.0.1', port: 0 }));
    return page;
  }

  it('builds its form from the model, in which what the data holds stays text, and tells why', async () => {
    const page = await open();
    await page.getByLabel('usage').fill('40');
    await page.getByLabel('proto', { exact: true }).selectOption(HOSTILE);
    await page.getByRole('button', { name: 'Score' }).click();
    await page.locator('#reasons li').first().waitFor();
    const row = { usage: 40, ['__proto__']: HOSTILE, [COLUMN]: null };
    const [{ probability, prediction }] = model.explain(tableOf(row));
    expect(await page.textContent('#probability')).toBe(`${(100 * probability).toFixed(1)}%`);
    expect(await page.textContent('#call')).toBe(prediction);
    expect(await page.title()).toBe('Scoring: leaving');
    expect(await page.locator('#fields label').allTextContents()).toContain(COLUMN.replaceAll('_', ' '));
    expect(await page.locator('#warnings').isVisible()).toBe(false);
    await page.getByLabel('usage').fill('4000');
    await page.getByRole('button', { name: 'Score' }).click();
    await page.locator('#warnings li').waitFor();
    expect(await page.textContent('#warnings')).toBe(
      'usage is 4000, far beyond the range of training (0 to 49)',
    );
    expect(await page.locator('img, main script, b').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'OpenAPI' }).isVisible()).toBe(true);
    expect(told).toEqual([]);
  }, 60_000);

  it('shows nothing of the model before the key is given, and names the column of a row that cannot be scored', async () => {
    const page = await open('the-key');
    await page.getByLabel('API key').waitFor();
    expect(await page.locator('#fields *').count()).toBe(0);
    expect(await page.content()).not.toMatch(/usage|basic|onerror|stays|leaving|0\.3/);
    await page.getByLabel('API key').fill('wrong');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('This is not the API key.').waitFor();
    await page.getByLabel('API key').fill('the-key');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByLabel('usage').fill('-1e308');
    await page.getByRole('button', { name: 'Score' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^usage -1e\+308 cannot be scored: /);
    expect(await page.getByRole('link', { name: 'OpenAPI' }).isVisible()).toBe(false);
    expect(told).toEqual([]);
  }, 60_000);

  function tableOf(row: Record<string, string | number | null>): Table {
    return Table.fromColumns([
      ['usage', [row.usage as number]],
      ['__proto__', [HOSTILE]],
      [COLUMN, Float64Array.of(NaN)],
    ]);
  }
});
