import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { loadModel, saveModel } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import { CategoryEncoder, DateParts, MeanImputer, ModeImputer, ValueMapper } from '@churn/transforms';
import { modelClasses } from '../model/processing';
import { loadServedModel } from './served-model';

it('reads columns from the training rows, whatever the steps', async () => {
  const n = 150;
  const x = Table.fromColumns({
    usage: Array.from({ length: n }, (_, i) => (i % 5 === 0 ? null : i % 10)),
    plan: Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 'A' : i % 25 === 1 ? null : 'B')),
    town: Array.from({ length: n }, (_, i) => `town ${i % 120}`),
    joined: Array.from({ length: n }, (_, i) => `2024-01-0${1 + (i % 9)}`),
    age: Array.from({ length: n }, (_, i) => i % 2),
  });
  const y = Array.from({ length: n }, (_, i) => (i % 10 > 4 ? 'yes' : 'no'));
  const pipeline = new Pipeline(
    [
      new DateParts({ columns: ['joined'], parts: ['day'] }),
      new ValueMapper({ plan: { B: 'A' } }),
      new MeanImputer({ columns: ['usage'] }),
      new ModeImputer({ columns: ['plan', 'town'] }),
      new CategoryEncoder({ columns: ['plan', 'town'] }),
    ],
    new LogisticRegression(),
  );
  const folder = mkdtempSync(join(tmpdir(), 'churn-served-'));
  try {
    const file = join(folder, 'm.json');
    await saveModel(file, pipeline.fit(x, y));
    const { fields, schema } = await loadServedModel(file);
    const present = Array.from({ length: n }, (_, i) => (i % 5 === 0 ? [] : [i % 10])).flat();
    const average = present.reduce((sum, value) => sum + value) / present.length;
    expect(fields).toEqual([
      { name: 'usage', kind: 'numeric', average: expect.closeTo(average, 12), min: 1, max: 9 },
      { name: 'plan', kind: 'category', levels: ['B', 'A'] },
      { name: 'town', kind: 'category' },
      { name: 'joined', kind: 'category' },
      { name: 'age', kind: 'numeric', average: expect.closeTo(0.5, 12), min: 0, max: 1 },
    ]);
    expect(schema.filter(({ kind }) => kind === 'date')).toEqual([{ name: 'joined', kind: 'date' }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('reads names and kinds of a version 1 file, which has no summary', async () => {
  const file = join(__dirname, '../../test/model-files/threshold-v1.model.json');
  expect((await loadModel(file, modelClasses)).model).toMatchObject({ summary: undefined });
  expect((await loadServedModel(file)).fields).toEqual([
    { name: 'plan', kind: 'category' },
    { name: 'usage', kind: 'numeric' },
    { name: 'age', kind: 'numeric' },
  ]);
});
