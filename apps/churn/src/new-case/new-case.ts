import { basename } from 'node:path';
import { ChurnError, type Labels, plainLetters, type Target } from '@churn/core';
import { type FileRecords, quoted, quotedList } from '@churn/io';
import { trainTestSplit } from '@churn/selection';
import { type Config, checkedConfig, type DataConfig } from '../config/config.js';
import { parseYaml } from '../config/parse-yaml.js';
import type { TaskName } from '../config/target.js';
import { classTask } from '../task/class-task.js';
import { survivalTask } from '../task/survival-task.js';
import { taskOf } from '../task/task-of.js';
import { valueTask } from '../task/value-task.js';
import { labelsIn } from '../training/class-target.js';
import { toLearnFrom } from '../training/data.js';
import type { Dataset } from '../training/dataset.js';
import { type Label, namedLabel } from '../training/label-spellings.js';
import type { ReadColumn } from '../training/learned-columns.js';
import { likelyPositive, type PositiveLabel } from '../training/positive-label.js';
import { type ReadTable, requireTarget, tableOf } from '../training/read-table.js';
import { splitData } from '../training/split.js';
import { type SurvivalSummary, survivalSummary } from '../training/survival-summary.js';
import { type ValueSummary, valueSummary } from '../training/value-summary.js';
import { columnRules } from './column-rules.js';
import { configurationText } from './configuration-text.js';

/** The maximum number of labels of a classification target. */
const MANY_LABELS = 50;
const MIN_FOLDS = 2;
/** The maximum number of names in the heading. */
const LISTED = 20;

/** The source and the target of a new business case. */
export interface NewCaseOptions {
  /** How the file is read, as in a configuration. */
  readonly data: Pick<DataConfig, 'file'> & Partial<DataConfig>;
  readonly target: string;
  /** The task; by default classification. */
  readonly task?: TaskName;
  /** For durations, the event column and the horizon; by default half of the longest duration, rounded. */
  readonly event?: string | undefined;
  readonly horizon?: number | undefined;
  /** The positive label; by default the yes of yes and no, or else the rarer of two. With more labels, the target is multiclass. */
  readonly positive?: string;
  /** The name of the configuration, for messages. */
  readonly file: string;
  /** The output folder. */
  readonly outputs: string;
}

/** The configuration of a new business case, and the findings that it is based on. */
export interface NewCase {
  /** The configuration, as YAML. */
  readonly text: string;
  readonly config: Config;
  /** The labels, for classification. */
  readonly labels: readonly Label[];
  /** The positive label, if there are two. */
  readonly positive: PositiveLabel | undefined;
  /** The distribution of the target, for regression. */
  readonly values: ValueSummary | undefined;
  /** The durations, for survival. */
  readonly times: SurvivalSummary | undefined;
  /** How each column was read. */
  readonly columns: readonly ReadColumn[];
  readonly rows: number;
  /** Warnings for the user. */
  readonly warnings: readonly string[];
}

/** The default data settings of a configuration. */
const DRAFT = {
  delimiter: ',',
  invalidValues: 'missing',
  unlabelled: 'drop',
  duplicates: 'keep',
} as const;
const { testSize, folds: FOLDS, seed } = { testSize: 0.3, folds: 5, seed: 42 };

/**
 * Creates the configuration of a new business case from the records of its file. The data has been read, checked and split as in training,
 * so it can be trained on.
 *
 * @throws `column-name` if the target is missing; `invalid-target` if it has too few or too many labels, or a label has too few rows;
 * `invalid-data` without a feature.
 */
export function newCase(records: FileRecords, options: NewCaseOptions): NewCase {
  const { target, file, outputs, task = 'classes' } = options;
  const data: DataConfig = {
    ...{ ...DRAFT, drop: [], ...options.data, target, task },
    ...(options.event !== undefined && { durations: { event: options.event, horizons: [] } }),
  };
  const read = tableOf(records, data);
  requireTarget(read, data);
  const found = { classes: ofClasses, value: ofValues, survival: ofTimes }[task](read, data, options);
  const { labels, positive, values, times, drafted, folds, said, rules } = found;
  const isUnlabelled = drafted.unlabelled > 0;
  const dropped = new Map(
    read.columns.filter(({ use }) => use === 'drop').map(({ column, reason }) => [column.name, reason]),
  );
  // A name with a `*` would also drop others; undeclared columns are not features anyway.
  const named = [...dropped.keys()].filter((name) => !name.includes('*'));
  const config = {
    data: {
      ...options.data,
      ...said,
      ...(isUnlabelled && { unlabelled: 'drop' }),
      ...(named.length > 0 && { drop: named }),
      columns: Object.fromEntries(
        read.columns.flatMap(({ column, use }) => {
          if (use === 'drop') return [];
          if (use === 'target') {
            const known = column.name === target ? rules : { kind: 'category' };
            return [[column.name, { ...known, ...(!isUnlabelled && { nullable: false }) }]];
          }
          return [[column.name, columnRules(column, read.table.column(column.name))]];
        }),
      ),
    },
    predicts: wordOf(target),
    models: 'auto',
    ...(folds < FOLDS && { crossValidation: { folds } }),
    ...(positive && { threshold: { maximise: 'f1' } }),
    output: { folder: outputs, sample: { file: 'sample.csv' } },
  };
  const text = configurationText(config, {
    task,
    heading: headingOf(records.source, [...dropped.keys()]),
    dropped,
    columns: new Map(drafted.leaks.map(({ column, message }) => [column, message])),
  });
  // Parsed as training will, to verify the text.
  const checked = checkedConfig(parseYaml(text, file), file);
  const dataset = toLearnFrom(taskOf(checked), tableOf(records, checked.data), checked.data);
  splitData(taskOf(checked), dataset, checked);
  const { length: rows } = dataset.y;
  return {
    text,
    config: checked,
    labels,
    positive,
    values,
    times,
    columns: read.columns,
    rows,
    warnings: drafted.warnings,
  };
}

/** A target and its part of the configuration. */
interface FoundTarget {
  readonly labels: readonly Label[];
  readonly positive: PositiveLabel | undefined;
  readonly values: ValueSummary | undefined;
  readonly times: SurvivalSummary | undefined;
  /** The data with this target. */
  readonly drafted: Dataset<Target>;
  readonly folds: number;
  /** The keys of `data`, and the declaration of the column. */
  readonly said: object;
  readonly rules: object;
}

function ofClasses(read: ReadTable, data: DataConfig, options: NewCaseOptions): FoundTarget {
  const { target } = data;
  const { source } = read.records;
  const { labels } = labelsIn(read.table, target, read.records);
  refuseCount(labels, source, target);
  const positive = labelToFind(labels, options, source);
  const drafted = toLearnFrom(classTask, read, { ...data, positive: positive?.label.text });
  const label = positive?.label.spellings[0].text.trim();
  return {
    ...{ labels, positive, values: undefined, times: undefined, drafted },
    folds: maxFolds(drafted.y, source, target),
    said: { target, ...(label !== undefined && { positive: label }) },
    rules: { kind: 'category' },
  };
}

function ofValues(read: ReadTable, data: DataConfig): FoundTarget {
  const drafted = toLearnFrom(valueTask, read, data);
  const { nullable: _, ...rules } = numericRules(read, data.target);
  return {
    ...{ labels: [], positive: undefined, values: valueSummary(drafted.y), times: undefined, drafted },
    folds: FOLDS,
    said: { target: { value: data.target } },
    rules,
  };
}

function ofTimes(
  read: ReadTable,
  data: DataConfig,
  { event, horizon, positive }: NewCaseOptions,
): FoundTarget {
  const { target } = data;
  const drafted = toLearnFrom(survivalTask, read, { ...data, positive });
  const times = survivalSummary(drafted.y);
  const { nullable: _, ...rules } = numericRules(read, target);
  const within = horizon ?? Number((times.longest / 2).toPrecision(1));
  return {
    ...{ labels: [], positive: undefined, values: undefined, times, drafted },
    folds: Math.min(FOLDS, Math.max(MIN_FOLDS, Math.floor(times.events / 2))),
    said: {
      target: { duration: target, event, horizon: within },
      ...(positive !== undefined && { positive }),
    },
    rules,
  };
}

/** The declaration of a numeric target. */
function numericRules(read: ReadTable, target: string) {
  const { column } = read.columns.find((each) => each.column.name === target) as ReadColumn;
  return columnRules(column, read.table.column(target));
}

function refuseCount(labels: readonly Label[], source: string, target: string): void {
  if (labels.length >= 2 && labels.length <= MANY_LABELS) return;
  throw new ChurnError(
    'invalid-target',
    `${source}: expected 2 to ${MANY_LABELS} labels in "${target}", got ${labels.length}${ofNumbers(labels) ? '; --value instead of --target predicts its numbers' : ''}`,
  );
}

function ofNumbers(labels: readonly Label[]): boolean {
  return labels.length > MANY_LABELS && labels.every(({ text }) => Number.isFinite(Number(text)));
}

/** The positive label: as specified, or else the more plausible of two; `undefined` if there are more. */
function labelToFind(
  labels: readonly Label[],
  { positive, target }: NewCaseOptions,
  source: string,
): PositiveLabel | undefined {
  if (positive === undefined) {
    const [first, second, ...others] = labels;
    return others.length > 0 ? undefined : likelyPositive([first, second]);
  }
  const label = namedLabel(labels, positive);
  const shown = quotedList(labels.map(({ spellings }) => spellings[0].text.trim()));
  const of = `--positive ${positive}: expected a label of "${target}" in ${source}, which has ${shown}`;
  if (!label) throw new ChurnError('invalid-target', of);
  if (labels.length > 2) {
    throw new ChurnError(
      'invalid-target',
      `${of}; a positive label is one of two; without it, all classes are predicted`,
    );
  }
  return { label, reason: 'you named it' };
}

/** The largest number of folds, up to the default, for which each class has training rows in every fold. */
function maxFolds(labels: Labels, source: string, target: string): number {
  const counts = labels.counts();
  const fewest = Math.min(...counts);
  const inTraining = trainingCounts(labels);
  if (inTraining.every((count) => count >= MIN_FOLDS)) return Math.min(FOLDS, ...inTraining);
  const label = String(labels.classes[counts.indexOf(fewest)]);
  throw new ChurnError(
    'invalid-target',
    `${source}: the label ${quoted(label)} of "${target}" has ${fewest === 1 ? '1 row' : `${fewest} rows`}, too few to train and test on: ` +
      'merge it with another label, or drop its rows',
  );
}

/** The number of training rows of each class; 0 if there are too few to split. */
function trainingCounts(labels: Labels): number[] {
  try {
    return labels.take(trainTestSplit(labels, { testSize, seed }).train).counts();
  } catch (error) {
    if (ChurnError.is(error)) return labels.classes.map(() => 0);
    throw error;
  }
}

function headingOf(source: string, dropped: readonly string[]): string {
  const look = `Created from ${basename(source)}. Check the columns: columns known only after the event must not be used as features.`;
  if (dropped.length === 0) return look;
  const more = dropped.length > LISTED ? ` and ${dropped.length - LISTED} more` : '';
  return `${look}\nDropped, for the reasons below: ${dropped.slice(0, LISTED).join(', ')}${more}.`;
}

/** Converts text to a name for `predicts`: letters without accents, digits and `_`, starting with a letter. */
function wordOf(text: string): string {
  const word = plainLetters(text)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_$/g, '');
  return word || 'target';
}
