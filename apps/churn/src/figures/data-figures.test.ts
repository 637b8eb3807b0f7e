import { Labels, Table, TargetValues } from '@churn/core';
import type { Config } from '../config/config';
import { relationBlocks } from '../reporting/relation-blocks';
import { classTask } from '../task/class-task';
import { valueTask } from '../task/value-task';
import { createLogger } from '../terminal/logger';
import type { Dataset } from '../training/dataset';
import { exploreData } from './data-figures';

const n = 60;
const features = Table.fromColumns({
  usage: Array.from({ length: n }, (_, i) => (i * 37) % 50),
  age: Array.from({ length: n }, (_, i) => (i % 7 === 0 ? NaN : i % 20)),
  plan: Array.from({ length: n }, (_, i) => 'AB'[i % 2]),
});
const labels = Labels.from(Array.from({ length: n }, (_, i) => ((i * 37) % 50 > 30 ? 'yes' : 'no')));
const dataset = { features, y: labels } as Dataset;
const logger = createLogger();
logger.silent = true;

function figuresWith(eda: Config['eda']) {
  const config = { seed: 1, data: { target: 'y', positive: 'yes' }, eda, processing: {} };
  return exploreData(classTask, dataset, config as Config, logger).figures;
}

it('describes each figure and its section', () => {
  const told = figuresWith({}).map(({ id, section, alt }) => `${section}, ${id}: ${alt}`);
  const yes = labels.counts()[1];
  expect(told.slice(0, 6)).toEqual([
    `data, y_dist: y: rows by class: ${n - yes} of “no”, ${yes} of “yes”`,
    'data, usage_dist: Histogram of usage',
    'data, age_dist: Histogram of age',
    'data, plan_dist: Rows by plan',
    'data, corr_heatmap: Correlations of 2 numeric columns',
    'data, missing_values: Share of missing values by column',
  ]);
  expect(told.slice(6).sort()).toEqual(
    ['age', 'plan', 'usage'].map((name) => `columns, rate_${name}: Rate of “yes” by ${name}`),
  );
});

it('keeps a configured figure whose name is taken', () => {
  const ids = figuresWith({ figures: { corr_heatmap: 'usage', Rate_plan: 'age', gone: 'nowhere' } }).map(
    ({ id }) => id,
  );
  expect(ids).toEqual(expect.arrayContaining(['corr_heatmap', 'corr_heatmap_2', 'Rate_plan', 'rate_plan_2']));
  expect(ids).not.toContain('gone');
});

describe('with dates', () => {
  const dated = Table.fromColumns({
    plan: Array.from({ length: n }, (_, i) => 'AB'[i % 2]),
    usage: Array.from({ length: n }, (_, i) => (i * 37) % 50),
    joined: Array.from({ length: n }, (_, i) => `2025-${String(1 + (i % 3)).padStart(2, '0')}-15`),
  });
  const config = { seed: 1, data: { target: 'bill' }, eda: {}, processing: {} } as Config;

  it('draws the target against features and over time', () => {
    const y = TargetValues.from(Array.from({ length: n }, (_, i) => 10 * (i % 2) + (i % 7)));
    const { profile, figures } = exploreData(
      valueTask,
      { features: dated, y } as unknown as Dataset<TargetValues>,
      config,
      logger,
    );
    const columns = figures
      .filter(({ section }) => section === 'columns')
      .map(({ id, alt }) => `${id}: ${alt}`);
    // The plan explains the most.
    expect(columns.slice(0, 2)).toEqual([
      'mean_plan: Mean bill by plan',
      'box_plan: Quartiles of bill by plan',
    ]);
    expect(columns).toContain('mean_usage: Mean bill by usage');
    expect(columns).not.toContain('box_usage: Quartiles of bill by usage');
    expect(columns.at(-1)).toBe('time_joined: Rows and bill by joined');
    const [table] = relationBlocks(profile, 'bill');
    expect(table).toMatchObject({ kind: 'table', caption: expect.stringContaining('“bill”') });
    expect(table.kind === 'table' && table.rows.map(([name]) => name)).toEqual(
      expect.arrayContaining(['plan', 'usage', 'joined']),
    );
  });

  it('draws only row counts for a target of three classes', () => {
    const y = Labels.from(Array.from({ length: n }, (_, i) => 'abc'[i % 3]));
    const { profile, figures } = exploreData(classTask, { features: dated, y } as Dataset, config, logger);
    expect(figures.at(-1)?.alt).toBe('Rows by joined');
    expect(relationBlocks(profile, 'bill')).toEqual([]);
  });
});
