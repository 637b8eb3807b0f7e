import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { formatCsv, parseCsv, saveModel, writeCsv } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  StandardScaler,
} from '@churn/transforms';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createLogger } from '../terminal/logger.js';
import { loadServedClasses } from '../testing/served-classes.js';
import { saveSmallModel } from '../testing/small-model.js';
import { smallUplift } from '../testing/small-uplift.js';
import { saveSurvivalModel } from '../testing/survival-model.js';
import { saveValueModel } from '../testing/value-model.js';
import { servedCounterfactuals } from './counterfactuals.js';
import { loadServedModel, type ServedClassModel } from './served-model.js';
import { createServer, type ScoringServer, type ServerOptions } from './server.js';

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
  });
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

  interface Opened extends Partial<ServerOptions> {
    readonly viewport?: { readonly width: number; readonly height: number };
  }

  /** Opens the page of a service; what the browser complains of is collected. */
  async function open({ viewport, ...options }: Opened = {}): Promise<Page> {
    told.length = 0;
    const logger = createLogger();
    logger.silent = true;
    app = createServer({ model: () => model, logger, ...options });
    const page = await browser.newPage({ viewport });
    // A busy machine may take long.
    page.setDefaultTimeout(300_000);
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

  it('builds its form from the model, shows data as text, and explains predictions', async () => {
    const page = await open();
    await page.getByLabel('usage', { exact: true }).fill('40');
    await page.getByLabel('proto', { exact: true }).selectOption(HOSTILE);
    await page.getByRole('button', { name: 'Score' }).click();
    await page.locator('#reasons li').first().waitFor();
    const row = { usage: 40, plan: HOSTILE };
    const [{ probability, prediction }] = model.explain(tableOf(row));
    expect(await page.textContent('#probability')).toBe(`${(100 * probability).toFixed(1)}%`);
    expect(await page.textContent('#call')).toBe(`predicted “${prediction}”`);
    expect(await page.title()).toBe('Scoring: leaving');
    expect(await page.locator('#fields label').allTextContents()).toContain(COLUMN.replaceAll('_', ' '));
    expect(await page.locator('#warnings').isVisible()).toBe(false);
    await page.getByLabel('usage', { exact: true }).fill('4000');
    await page.getByRole('button', { name: 'Score' }).click();
    await page.locator('#warnings li').waitFor();
    expect(await page.textContent('#warnings')).toBe(
      'usage is 4000, far beyond the training range (0 to 49)',
    );
    expect(await page.locator('img, main script, b').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'OpenAPI' }).isVisible()).toBe(true);
    expect(told).toEqual([]);
  });

  it('shows the uplift of a row, if the model has a treatment', async () => {
    const file = join(folder, 'uplift.json');
    await saveSmallModel(file, { uplift: smallUplift() });
    const knowing = await loadServedClasses(file);
    const page = await open({ model: () => knowing });
    const toldOf = async (usage: string) => {
      await page.getByLabel('usage', { exact: true }).fill(usage);
      await page.getByRole('button', { name: 'Score' }).click();
      await page.getByText(usage === '90' ? 'lower it' : 'raise it').waitFor();
      return page.textContent('#uplift');
    };
    const [uplift] = knowing.explain(knowing.tableOf([{ usage: 90 }])).map((each) => each.uplift as number);
    expect(await toldOf('90')).toBe(
      `Uplift: “yes” in “call” would lower it by ${(100 * uplift).toFixed(1)} percentage points`,
    );
    expect(await toldOf('5')).toMatch(/^Uplift: “yes” in “call” would raise it by [\d.]+ percentage points$/);
    expect(told).toEqual([]);
  });

  it('shows nothing of the model before the key is given, and names the column of a row that cannot be scored', async () => {
    const page = await open({ apiKey: 'the-key' });
    await page.getByLabel('API key').waitFor();
    expect(await page.locator('#fields *').count()).toBe(0);
    expect(await page.content()).not.toMatch(/usage|basic|onerror|stays|leaving|0\.3/);
    await page.getByLabel('API key').fill('wrong');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('This is not the API key.').waitFor();
    await page.getByLabel('API key').fill('the-key');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByLabel('usage', { exact: true }).fill('-1e308');
    await page.getByRole('button', { name: 'Score' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^usage -1e\+308 cannot be scored: /);
    expect(await page.getByRole('link', { name: 'OpenAPI' }).isVisible()).toBe(false);
    expect(told).toEqual([]);
  });

  it('updates the score with the values of a row, shows the change, and resets', async () => {
    const page = await open();
    await page.getByLabel('usage', { exact: true }).fill('40');
    await page.getByRole('button', { name: 'Score' }).click();
    await page.locator('#reasons li').first().waitFor();
    const [first] = model.explain(tableOf({ usage: 40 }));
    expect(await page.locator('#difference').isVisible()).toBe(false);

    const slider = page.getByLabel('usage, slider');
    expect(await slider.inputValue()).toBe('40');
    for (let i = 0; i < 6; i++) await slider.press('ArrowLeft');
    const [now] = model.explain(tableOf({ usage: 37 }));
    await page.locator('#probability', { hasText: percent(now.probability) }).waitFor();
    expect(await page.getByLabel('usage', { exact: true }).inputValue()).toBe('37');
    expect(await page.locator('.changed').allTextContents()).toEqual(['usageat first 40']);
    const points = (100 * (now.probability - first.probability)).toFixed(1);
    expect(await page.textContent('#difference')).toContain(
      `▲ +${points} points from ${percent(first.probability)}`,
    );
    expect(await page.locator('#reasons .before').first().textContent()).toMatch(/^at first 40: /);
    // Once the value has come to rest.
    await page.locator('#said', { hasText: `+${points} points` }).waitFor({ state: 'attached' });

    await page.getByRole('button', { name: 'Back to the first row' }).click();
    await page.locator('#probability', { hasText: percent(first.probability) }).waitFor();
    expect(await page.textContent('#difference')).toBe(`no change from ${percent(first.probability)}`);
    expect(await page.locator('.changed, #back:visible').count()).toBe(0);
    expect(await slider.inputValue()).toBe('40');
    expect(told).toEqual([]);
  });

  /** What finds two counterfactuals of each row. */
  async function twoCounterfactuals() {
    const data = join(folder, 'x.csv');
    await writeCsv(data, x);
    return servedCounterfactuals({ data, fixed: ['__proto__'], monotone: {}, count: 2 }, model);
  }

  it('shows counterfactuals, and applies one', async () => {
    const page = await open({ counterfactuals: await twoCounterfactuals() });
    await page.getByLabel('usage', { exact: true }).fill('40');
    await page.getByLabel('proto', { exact: true }).selectOption('basic');
    await page.getByLabel(COLUMN.replaceAll('_', ' '), { exact: true }).fill('5');
    await page.getByRole('button', { name: 'Score' }).click();
    await page.getByRole('button', { name: 'Find other outcomes' }).click();
    const found = page.locator('#found li');
    await found.first().waitFor();
    const called = async () => (await page.textContent('#call')) ?? '';
    const before = await called();
    const other = before.includes('stays') ? HOSTILE : '<b>stays';
    expect(await found.first().textContent()).toMatch(/^Would be .* if usage were \d+, not 40/);
    expect(await found.first().textContent()).toContain(other.slice(0, 5));
    await found.first().getByRole('button').click();
    await page.locator('#call', { hasText: other }).waitFor();
    expect(await page.locator('.changed label').allTextContents()).toContain('usage');
    // What was found is of the first row, and is left when another begins.
    expect(await found.count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Score' }).click();
    await found.first().waitFor({ state: 'detached' });
    expect(told).toEqual([]);
  });

  it.each([
    ['values', saveValueModel, /^Predicted spend$/, /^[▲▼] [+−][\d.]+ from [\d.]+$/],
    [
      'times',
      saveSurvivalModel,
      /^Probability of leaving within 30$/,
      /^[▲▼] [+−][\d.]+ points from [\d.]+%$/,
    ],
  ])(
    'compares %s',
    async (_, save, label, difference) => {
      const file = join(folder, 'other.json');
      await save(file, save === saveValueModel ? { predicts: 'spend' } : {});
      const served = await loadServedModel(file);
      const page = await open({ model: () => served });
      await page.getByRole('button', { name: 'Fill in a typical row' }).click();
      await page.getByRole('button', { name: 'Score' }).click();
      await page.locator('#reasons li').first().waitFor();
      expect(await page.textContent('#label')).toMatch(label);
      await page.getByLabel('usage, slider').press('End');
      await page.locator('#difference', { hasText: difference }).waitFor();
      expect(await page.getByLabel('usage', { exact: true }).inputValue()).toBe('99');
      expect(await page.locator('#threshold').isVisible()).toBe(false);
      expect(told).toEqual([]);
    },
    60_000,
  );

  it('keeps the score in view on a phone, without horizontal scrolling', async () => {
    const page = await open({ viewport: { width: 390, height: 500 } });
    await page.getByRole('button', { name: 'Fill in a typical row' }).click();
    await page.getByRole('button', { name: 'Score' }).click();
    await page.locator('#reasons li').first().waitFor();
    for (const label of ['usage', COLUMN.replaceAll('_', ' ')]) {
      await page.getByLabel(`${label}, slider`).focus();
      const { y, height } = (await page.locator('#score').boundingBox()) ?? { y: -1, height: 0 };
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThan(400);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  it('passes axe, light and dark, also on a phone', async () => {
    const page = await open({ apiKey: 'the-key', counterfactuals: await twoCounterfactuals() });
    await page.getByLabel('API key').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('API key').fill('the-key');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByLabel('usage', { exact: true }).fill('400');
    await page.getByRole('button', { name: 'Score' }).click();
    await page.locator('#warnings li').first().waitFor();
    await page.getByRole('button', { name: 'Find other outcomes' }).click();
    await page.locator('#found li').first().waitFor();
    await page.getByLabel('usage, slider').press('Home');
    await page.locator('.changed').first().waitFor();
    await choose(page, 'other.csv', 'usage\nx\n');
    await page.locator('#scored', { hasText: 'other.csv' }).waitFor();
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      expect(await findings(page)).toEqual([]);
    }
    expect(told).toEqual([]);
  });

  async function findings(page: Page): Promise<string[]> {
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  it('returns a file with predictions of its rows, whatever the maximum size of a request', async () => {
    const page = await open({ apiKey: 'the-key', maxRows: 7 });
    await page.getByLabel('API key').fill('the-key');
    await page.getByRole('button', { name: 'Open' }).click();
    const ids = Array.from({ length: 20 }, (_, i) => `${i}\n"x"`);
    const rows = ids.map((id, i) => [id, i, 'basic', i % 7]);
    await choose(page, 'customers.csv', formatCsv(['id', ...x.names], rows).replaceAll('\n', '\r\n'));
    const link = page.getByRole('link', { name: 'Download customers_scored.csv' });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const { header, records } = parseCsv(readFileSync(await download.path(), 'utf8'));
    const added = ['probability', 'prediction', 'warnings'].map((each) => `leaving_${each}`);
    expect(header).toEqual(['id', ...x.names, ...added]);
    expect(records.map(([id]) => id)).toEqual(ids.map((id) => id.replace('\n', '\r\n')));
    const table = Table.fromColumns([
      ['usage', rows.map((_, i) => i)],
      ['__proto__', rows.map(() => 'basic')],
      [COLUMN, rows.map((_, i) => i % 7)],
    ]);
    expect(records.map((record) => Number(record[4]))).toEqual(
      model.score(table).map(({ probability }) => probability),
    );
    expect(told).toEqual([]);
  });

  it('names the rows and columns of a file that cannot be scored, and rejects invalid CSV', async () => {
    const page = await open({ maxRows: 3 });
    await page.locator('#file').waitFor();
    const text = formatCsv(
      x.names,
      [1, 2, 'x', 4, 5, '<b>', 7].map((value) => [value, 'basic', 1]),
    );
    const dropped = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(text)}], 'some.csv'));
      return data;
    })()`);
    await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
    await page.locator('#faults li').first().waitFor();
    expect(await page.locator('#faults li').allTextContents()).toEqual([
      'row 3, column usage: expected a number, got "x"',
      'row 6, column usage: expected a number, got "<b>"',
    ]);
    expect(await page.textContent('#scored')).toBe(
      'some.csv: 2 values cannot be scored; nothing is given back.',
    );
    for (const [content, message] of [
      ['usage,plan\n1,A\n', /^other\.csv: .*__proto__/],
      ['', /expected a header line and rows, got none$/],
      [Buffer.from([0xff, 0xfe, 0x00]), /expected CSV in UTF-8$/],
    ] as const) {
      await choose(page, 'other.csv', content);
      await page.locator('#scored', { hasText: message }).waitFor();
    }
    expect(await page.locator('#download, #scoring, #faults').filter({ visible: true }).count()).toBe(0);
    expect(told).toEqual([]);
  });

  const percent = (probability: number) => `${(100 * probability).toFixed(1)}%`;

  const choose = (page: Page, name: string, content: string | Buffer) =>
    page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

  interface Filled {
    readonly usage: number;
    readonly plan?: string;
  }

  function tableOf({ usage, plan }: Filled): Table {
    return Table.fromColumns([
      ['usage', [usage]],
      ['__proto__', [plan ?? null]],
      [COLUMN, Float64Array.of(NaN)],
    ]);
  }
});
