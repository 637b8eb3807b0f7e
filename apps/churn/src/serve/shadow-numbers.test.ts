import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type AnyScoringModel, loadAnyModel } from '../scoring/scoring-model';
import { createLogger } from '../terminal/logger';
import { saveSurvivalModel } from '../testing/survival-model';
import { saveValueModel } from '../testing/value-model';
import { loadServedModel, type ServedModel, type ServedRow } from './served-model';
import { shadowOf } from './shadow';
import { compareAnswers } from './shadow-comparison';

const logger = createLogger();
const rows: ServedRow[] = Array.from({ length: 12 }, (_, i) => ({
  plan: 'ABC'[i % 3],
  usage: 5 * i,
  tenure: i,
}));
let folder: string;
let value: ServedModel;
let times: ServedModel;

beforeAll(async () => {
  logger.silent = true;
  folder = mkdtempSync(join(tmpdir(), 'churn-shadow-numbers-'));
  await saveValueModel(join(folder, 'value.json'), { predicts: 'spend' });
  await saveSurvivalModel(join(folder, 'times.json'));
  value = await loadServedModel(join(folder, 'value.json'));
  times = await loadServedModel(join(folder, 'times.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What is told once a challenger has scored all rows, some of them alone. */
async function compared(served: ServedModel, challenger: AnyScoringModel) {
  const alone = {
    hash: challenger.hash,
    compare: async (answers: Parameters<typeof compareAnswers>[1]) => compareAnswers(challenger, answers),
    close: async () => undefined,
  };
  const shadow = shadowOf(() => alone, logger);
  const request = (rows: Parameters<typeof shadow.observe>[0]['rows'], some: readonly ServedRow[]) =>
    shadow.observe({ id: 'a', served, rows, predictions: served.score(served.tableOf(some)) });
  for (const row of rows.slice(0, 5)) request({ single: row }, [row]);
  request({ table: served.tableOf(rows.slice(5)) }, rows.slice(5));
  for (let i = 0; i < 4000; i++) {
    const { rows: told, failed } = shadow.summary();
    if (told + failed === rows.length) break;
    await setTimeout(10);
  }
  await shadow.close();
  return shadow.summary();
}

/** A model that predicts something else of each row. */
const changed = (model: AnyScoringModel, by: (value: number) => number): AnyScoringModel =>
  ({ ...model, predict: (x) => model.predict(x).map((column) => column.map(by)) }) as AnyScoringModel;

it('reports differences of values in standard deviations of the test predictions', async () => {
  const model = await loadAnyModel(join(folder, 'value.json'));
  expect(await compared(value, model)).toMatchObject({ rows: 12, meanDifference: 0, otherDecisions: null });
  const sd = value.reference?.predicted?.predictions[0].sd as number;
  const { meanDifference, histogram } = await compared(
    value,
    changed(model, (each) => each + 0.3 * sd),
  );
  expect(meanDifference).toBeCloseTo(0.3, 9);
  expect(histogram.find(({ rows }) => rows > 0)).toEqual({ to: 0.5, rows: 12 });
});

it('reports differences of the probability within the last horizon', async () => {
  const model = await loadAnyModel(join(folder, 'times.json'));
  expect(await compared(times, model)).toMatchObject({ rows: 12, meanDifference: 0, otherDecisions: null });
  const { meanDifference } = await compared(
    times,
    changed(model, (each) => each / 2),
  );
  const within = model.predict(times.tableOf(rows))[1];
  expect(meanDifference).toBeCloseTo(within.reduce((sum, each) => sum + each / 2, 0) / 12, 9);
});

it('counts rows for a challenger of another task as failed', async () => {
  const other = await loadAnyModel(join(folder, 'value.json'));
  expect(await compared(times, other)).toMatchObject({
    rows: 0,
    failed: 12,
    failure: 'expected the probabilities "within 10", "within 30" of the served model, got "prediction"',
  });
});
