import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { CoxRegression } from '@churn/survival';
import { exportModel } from '../commands/export';

test('a module returns the median of a model with many event times, and says that it has no expected time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'churn-times-'));
  try {
    const usage = Array.from({ length: 250 }, (_, i) => (i * 37) % 100);
    const y = { durations: usage.map((value, i) => 1 + i + value / 100), events: usage.map(() => true) };
    const model = new Pipeline([], new CoxRegression()).fit(Table.fromColumns({ usage }), y);
    const file = join(folder, 'm.json');
    const target = { column: 'tenure', event: 'left', horizons: [30] };
    await saveModel(file, model, { predicts: 'leaving', target });
    const output = join(folder, 'model.js');
    const { text: said } = await exportModel({ to: 'js', model: { name: 'm.json', file }, output });
    expect(said).toMatch(
      /\nwithout "leaving_expected_time": with so many event times, only the model file provides it$/,
    );
    const source = readFileSync(output, 'utf8');
    expect(source).toContain('leaving_median_time');
    expect(source).not.toContain('leaving_expected_time');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
