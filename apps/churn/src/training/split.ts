import { type CategoryColumn, ChurnError, type Target } from '@churn/core';
import { takeRecords } from '@churn/io';
import { type CampaignEconomics, trainTestSplit } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Task } from '../task/task.js';
import { customerEconomics, takeCustomers } from './customer-economics.js';
import type { Dataset, LabelledRows, Split } from './dataset.js';
import { type NamedBy, namedColumns } from './named-columns.js';
import { splitExperiment } from './split-experiment.js';

type SplitConfig = Pick<
  Config,
  'split' | 'seed' | 'crossValidation' | 'output' | 'threshold' | 'groups' | 'explain' | 'processing'
>;

/**
 * Splits the data into training and test rows, stratified by class or value.
 * @throws `invalid-target` if there are fewer training rows than folds, per class or in total; `column-name` if a column of `groups`,
 * `explain`, `threshold.by` or `processing.mappings` does not exist; `column-kind` if one of the last two is numeric; also as
 * `customerEconomics` and `splitExperiment` do.
 */
export function splitData<T extends Target>(task: Task<T>, data: Dataset<T>, config: SplitConfig): Split<T> {
  const { split, seed, crossValidation, output, threshold: rule } = config;
  const economics =
    rule && 'profit' in rule
      ? customerEconomics(rule.profit, data.all, data.records, 'threshold.profit.')
      : undefined;
  const deciding = rule?.by === undefined ? undefined : thresholdGroups(data, rule.by);
  const columnsOf = (setting: string, names: readonly string[]) =>
    namedColumns(data.all, names, { setting, file: data.records.source });
  const groups = columnsOf('groups', config.groups);
  requireMappable(data, Object.keys(config.processing.mappings));
  columnsOf('explain.fixed', config.explain.fixed);
  columnsOf('explain.monotone', Object.keys(config.explain.monotone));
  const rows = trainTestSplit(data.y, { testSize: split.testSize, seed, stratify: true });
  const train = labelledRows(data, rows.train, economics, deciding);
  const test = labelledRows(data, rows.test, economics, deciding);
  task.requireInEachFold(train.y, crossValidation.folds);
  const size = Math.min(output.sample.rows, test.y.length);
  const sampled = task.sample(test.y, { size, seed }).map((row) => rows.test[row]);
  const experiment = data.experiment && splitExperiment(data.experiment, rows.test, config);
  return {
    ...{ train, test, testRows: rows.test },
    testGroups: groups.take(rows.test),
    sample: takeRecords(data.records, sampled),
    ...(experiment && { experiment }),
  };
}

function labelledRows<T extends Target>(
  { features, y, records }: Dataset<T>,
  rows: Int32Array,
  economics: CampaignEconomics | undefined,
  deciding: CategoryColumn | undefined,
): LabelledRows<T> {
  const { source, lines } = takeRecords(records, rows);
  return {
    x: features.take(rows),
    y: y.take(rows) as T,
    source,
    lines,
    ...(economics && { economics: takeCustomers(economics, rows) }),
    ...(deciding && {
      thresholdGroups: { ...deciding, codes: Int32Array.from(rows, (row) => deciding.codes[row]) },
    }),
  };
}

/** @throws `column-name` if the column does not exist; `column-kind` if it is numeric. */
function thresholdGroups({ all, records }: Dataset<Target>, by: string): CategoryColumn {
  const named = { setting: 'threshold.by', file: records.source };
  const column = namedColumns(all, [by], named).column(by);
  if (column.kind === 'category') return column;
  throw notCategories(by, named);
}

/** Checks the columns of `processing.mappings`. @throws `column-name` if one is not a feature; `column-kind` if it is numeric. */
function requireMappable({ features, records }: Dataset<Target>, names: readonly string[]): void {
  const named = { setting: 'processing.mappings', file: records.source };
  const mapped = namedColumns(features, names, named);
  const [numeric] = mapped.namesOf('numeric');
  if (numeric !== undefined) throw notCategories(numeric, named);
}

function notCategories(column: string, { setting, file }: NamedBy): ChurnError {
  const name = JSON.stringify(column);
  return new ChurnError(
    'column-kind',
    `${setting}: ${file}, column ${name}: expected categories, got numbers; ` +
      `if they are codes of categories, set data.columns: { ${name}: { kind: category } }`,
  );
}
