import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Row, Table } from '@churn/core';
import { exportModel } from '../commands/export';
import { loadAnyModel } from '../scoring/scoring-model';
import { saveValueModel } from '../testing/value-model';

let folder: string;
const at = (name: string) => join(folder, name);
const model = () => ({ name: 'm.json', file: at('m.json') });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-values-'));
  await saveValueModel(at('m.json'), { predicts: 'spend' });
});
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS: readonly Row[] = Array.from({ length: 20 }, (_, i) => ({
  plan: ['A', 'B', 'C', null, 'never seen'][i % 5],
  usage: i % 7 === 0 ? null : (i * 31) % 100,
}));

test('a module predicts the values of the model', async () => {
  await exportModel({ to: 'js', model: model(), output: at('model.js') });
  const source = readFileSync(at('model.js'), 'utf8').replaceAll(/^export /gm, '');
  const predict = new Function(`${source}; return predict;`)() as (
    rows: readonly Row[],
  ) => { amount: number }[];
  const scoring = await loadAnyModel(at('m.json'));
  const kinds = new Map(scoring.model.schema.map(({ name, kind }) => [name, kind]));
  const expected = Array.from(scoring.model.predict(Table.fromRows(ROWS, kinds)), Number);
  const received = predict(ROWS).map(({ amount }) => amount);
  expect(received).toHaveLength(ROWS.length);
  received.forEach((amount, row) => {
    expect(amount).toBeCloseTo(expected[row], 10);
  });
  expect(readFileSync(at('model.d.ts'), 'utf8')).toContain('amount: number');
});

test('a view has the value, and an ONNX graph its output', async () => {
  const asked = { dialect: 'duckdb', from: 'customers', view: 'scored' };
  await exportModel({ to: 'sql', model: model(), output: at('view.sql'), ...asked });
  expect(readFileSync(at('view.sql'), 'utf8')).toMatch(/ AS "?spend_prediction"?/);
  await exportModel({ to: 'onnx', model: model(), output: at('model.onnx') });
  expect(readFileSync(at('model.onnx'), 'latin1')).toContain('amount');
});

test('--distil is rejected in one line, and nothing is written', async () => {
  const asked = { to: 'js', model: model(), output: at('small.js'), distil: true, data: at('rows.csv') };
  await expect(exportModel(asked)).rejects.toThrow(
    `${at('m.json')}: --distil needs a classification model, got a regression model`,
  );
});
