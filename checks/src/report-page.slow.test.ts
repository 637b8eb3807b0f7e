import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Labels, Random } from '@churn/core';
import { confusionMatrix, rocAuc } from '@churn/selection';
import type { AxeResults } from 'axe-core';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { chromium, hasBrowser, root, run } from './process.js';

/** The page of a training is used as a reader would: by keyboard and pointer, at a desk and on a phone. */
const folder = mkdtempSync(join(tmpdir(), 'churn-report-page-'));
const file = (name: string) => join(folder, 'outputs/latest', name);
let browser: Browser;
let page: Page;
const messages: string[] = [];

const inBrowser = hasBrowser ? describe : describe.skip;
const why = hasBrowser ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)';

function train(): void {
  const random = new Random(5);
  const rows = Array.from({ length: 400 }, (_, i) => {
    const [calls, age] = [random.int(60), 20 + random.int(50)];
    const left = calls + 15 * random.normal() < 20;
    return [calls, age, 'ABC'[i % 3], left ? 'yes' : 'no'].join(',');
  });
  writeFileSync(join(folder, 'data.csv'), ['calls,age,plan,left', ...rows].join('\n'));
  writeFileSync(
    join(folder, 'churn.yaml'),
    `data: { file: data.csv, target: left, positive: "yes" }
crossValidation: { folds: 2 }
workers: 1
threshold: { maximise: f1 }
models:
  forest: { type: RandomForestClassifier, nEstimators: 10 }
  regression: { type: LogisticRegression }
`,
  );
  run(process.execPath, [join(root, 'apps/churn/bin/churn.js'), 'train', '--config', 'churn.yaml'], folder);
}

/** What the models said of the held-out rows. */
function tested() {
  const [header, ...lines] = readFileSync(file('test_predictions.csv'), 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  const columnOf = (name: string) => lines.map((line) => line.split(',')[names.indexOf(name)]);
  return {
    y: Labels.from(columnOf('label'), ['no', 'yes']),
    scores: (model: string) => Float64Array.from(columnOf(model), Number),
  };
}

function countsAt(threshold: number, best: string): number[] {
  const { y, scores } = tested();
  const called = Labels.from(
    Array.from(scores(best), (score) => (score >= threshold ? 'yes' : 'no')),
    ['no', 'yes'],
  );
  const [[trueNegatives, falsePositives], [falseNegatives, truePositives]] = confusionMatrix(
    y,
    called,
  ).counts;
  return [truePositives, falseNegatives, falsePositives, trueNegatives];
}

const CELLS = ['truePositives', 'falseNegatives', 'falsePositives', 'trueNegatives'];
const said = (name: string) =>
  page.locator(`.decision dd[data-say=${name}], .decision td[data-say=${name}]`).textContent();
const cells = async () =>
  Promise.all(CELLS.map(async (name) => Number((await said(name))?.replaceAll(',', ''))));

/** @param rules those of axe that are tried; all without it. */
async function findings(rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations }: AxeResults = await page.evaluate(
    `axe.run(document, ${JSON.stringify(rules ? { runOnly: rules } : {})})`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}

inBrowser(`the page of a training${why}`, () => {
  let best = '';
  let threshold = 0;

  beforeAll(async () => {
    train();
    const report = JSON.parse(readFileSync(file('models/training_report.json'), 'utf8'));
    best = report.best;
    threshold = report.models[best].threshold.threshold;
    browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    // A busy machine may take long.
    page.setDefaultTimeout(300_000);
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', ({ message }) => messages.push(message));
    await page.goto(pathToFileURL(file('report.html')).href);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('shows the confusion matrix at the current threshold and at that of a slider', async () => {
    expect(await cells()).toEqual(countsAt(threshold, best));
    const slider = page.locator('input[type=range][name=threshold]');
    await slider.fill('0.7');
    await slider.press('ArrowRight');
    expect(await page.locator('input[type=number][name=threshold]').inputValue()).toBe('0.701');
    const [truePositives, falseNegatives, falsePositives, trueNegatives] = countsAt(0.701, best);
    expect(await cells()).toEqual([truePositives, falseNegatives, falsePositives, trueNegatives]);
    expect(await said('recall')).toBe(
      `${((100 * truePositives) / (truePositives + falseNegatives)).toFixed(1)}%`,
    );
  });

  it('shows the profit at entered costs, and the most profitable threshold', async () => {
    const type = (name: string, value: string) =>
      page.locator(`input[type=number][name=${name}]`).fill(value);
    const economics = { value: 500, contact: 2, offer: 30, acceptance: 0.4 };
    for (const [name, value] of Object.entries(economics)) await type(name, String(value));
    const { y, scores } = tested();
    const profitFrom = (from: number) => {
      const [right, , wrong] = countsAt(from, best);
      return ((0.4 * 470 - 2) * right - 32 * wrong) * (1000 / y.length);
    };
    const shown = async () => Number((await said('profit'))?.replaceAll(',', ''));
    expect(await shown()).toBe(Math.round(profitFrom(0.701)));
    await page.getByRole('button', { name: 'Use the most profitable threshold' }).click();
    expect(await shown()).toBe(Math.round(Math.max(...Array.from(scores(best), profitFrom))));
    await type('capacity', '50');
    const [right, , wrong] = await cells();
    expect(right + wrong).toBeLessThanOrEqual(y.length * 0.05);
    expect(right + wrong).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Reset' }).click();
    expect(await cells()).toEqual(countsAt(threshold, best));
  });

  it('filters and sorts held-out rows, and opens one with its reasons and values', async () => {
    await page.getByLabel('Show').selectOption('near the threshold');
    const rows = page.locator('.row:visible');
    expect(await rows.count()).toBe(10);
    for (const kind of await rows.locator('em').allTextContents()) expect(kind).toBe('near the threshold');
    await page.getByLabel('Sort by').selectOption({ label: 'probability, highest first' });
    const shares = (await rows.locator('summary span').allTextContents()).map((text) =>
      Number.parseFloat(text),
    );
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    await rows.first().locator('summary').press('Enter');
    await expect(rows.first().locator('li').first().textContent()).resolves.toMatch(
      /(raises|lowers) the probability/,
    );
    expect(await rows.first().locator('dt').allTextContents()).toEqual(['calls', 'age', 'plan']);
  });

  it('compares two models', async () => {
    const { y, scores } = tested();
    const other = best === 'forest' ? 'regression' : 'forest';
    const aucs = () => page.locator('.comparison [data-cell$=" 0"]').allTextContents();
    const of = (name: string) => rocAuc(y, scores(name)).toFixed(4);
    expect(await aucs()).toEqual([of(best), of(other)]);
    await page.getByLabel('Compare').selectOption(other);
    expect(await aucs()).toEqual([of(other), of(other)]);
    expect(await page.locator('.comparison [role=status]').textContent()).toBe('Both models are the same.');
  });

  it('saves the data of a figure', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Data as CSV: ROC curves/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('roc_plots.csv');
    const [head, first] = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect([head, first]).toEqual(['label,x,y', expect.stringMatching(/^(forest|regression): .*,0,0$/)]);
  });

  it('opens a folded section if its link is followed', async () => {
    const fold = page.locator('.fold', { hasText: 'Data' }).first();
    expect(await fold.getAttribute('open')).toBeNull();
    await page.getByRole('navigation').getByRole('link', { name: 'Data', exact: true }).click();
    await expect(
      page.waitForFunction(() => document.querySelector('.fold[open]') !== null),
    ).resolves.toBeDefined();
  });

  it('passes axe, light and dark, and fits on a phone', async () => {
    await page.evaluate(() => {
      const all = (selector: string) => Array.from(document.querySelectorAll(selector));
      for (const each of all('.fold, .row:first-child')) each.setAttribute('open', '');
      // What there is much of takes most of the time, and marks are hidden from screen readers.
      for (const row of all('.row:nth-child(n + 4)')) row.remove();
      for (const chart of all('.chart svg')) chart.replaceChildren();
    });
    for (const [colorScheme, width, rules] of [
      ['light', 1280, undefined],
      ['dark', 390, ['color-contrast']],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      expect(await findings(rules)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
    expect(await page.locator('h1').count()).toBe(1);
    expect(statSync(file('report.html')).size).toBeLessThan(3e6);
    expect(messages).toEqual([]);
  });
});
