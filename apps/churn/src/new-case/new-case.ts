import { basename } from 'node:path';
import { ChurnError, type Labels, type Target } from '@churn/core';
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

/** A target of more labels than this is hardly one to classify by. */
const MANY_LABELS = 50;
const FEWEST_FOLDS = 2;
/** How many names the heading lists. */
const LISTED = 20;

/** Where a new business case comes from, and what is to be predicted. */
export interface NewCaseOptions {
  /** What a configuration says of how the file is read. */
  readonly data: Pick<DataConfig, 'file'> & Partial<DataConfig>;
  readonly target: string;
  /** Whether the target has classes, values or durations; default classes. */
  readonly task?: TaskName;
  /** Of durations, the column of the event, and the time within which it may come: default half of the longest, rounded. */
  readonly event?: string | undefined;
  readonly horizon?: number | undefined;
  /** The positive label; default the yes of yes and no, or else the rarer of two. Of more labels, all are distinguished. */
  readonly positive?: string;
  /** The configuration that is made, for messages. */
  readonly file: string;
  /** Where its results go. */
  readonly outputs: string;
}

/** A configuration for another business case, and what it was made by. */
export interface NewCase {
  /** The configuration, as YAML. */
  readonly text: string;
  readonly config: Config;
  /** Of classes; of values there are none. */
  readonly labels: readonly Label[];
  /** The positive label, if there are two. */
  readonly positive: PositiveLabel | undefined;
  /** Of a target of values. */
  readonly values: ValueSummary | undefined;
  /** Of a target of durations. */
  readonly times: SurvivalSummary | undefined;
  /** The columns as they were found. */
  readonly columns: readonly ReadColumn[];
  readonly rows: number;
  /** What a user should look at. */
  readonly warnings: readonly string[];
}

/** What a configuration says of its data where it says nothing. */
const DRAFT = {
  delimiter: ',',
  invalidValues: 'missing',
  unlabelled: 'drop',
  duplicates: 'keep',
} as const;
const { testSize, folds: FOLDS, seed } = { testSize: 0.3, folds: 5, seed: 42 };

/**
 * Makes a configuration for another business case of the records of its file. The data can be learned from by it: it has been read,
 * checked and split as training does.
 *
 * @throws `column-name` without the target; `invalid-target` if it has too few or too many labels, or a label too few rows;
 * `invalid-data` without a column to train on.
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
  // A name with a `*` would drop others too; what is not declared is not learned from in any case.
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
    heading: headingOf(records.source, [...dropped.keys()]),
    dropped,
    columns: new Map(drafted.leaks.map(({ column, message }) => [column, message])),
  });
  // As training will: what the text says must be what was meant.
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

/** What a target is, and what a configuration says of it. */
interface FoundTarget {
  readonly labels: readonly Label[];
  readonly positive: PositiveLabel | undefined;
  readonly values: ValueSummary | undefined;
  readonly times: SurvivalSummary | undefined;
  /** What there is to learn by it. */
  readonly drafted: Dataset<Target>;
  readonly folds: number;
  /** What the configuration says of it as of data, and as of a column. */
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
    folds: mostFolds(drafted.y, source, target),
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
    folds: Math.min(FOLDS, Math.max(FEWEST_FOLDS, Math.floor(times.events / 2))),
    said: {
      target: { duration: target, event, horizon: within },
      ...(positive !== undefined && { positive }),
    },
    rules,
  };
}

/** What a configuration says of a target of numbers. */
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

/** The label that is asked for, or else the likelier of two; `undefined` if there are more. */
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

/** In how many folds each class has a row for training, at most the usual number. */
function mostFolds(labels: Labels, source: string, target: string): number {
  const counts = labels.counts();
  const fewest = Math.min(...counts);
  const inTraining = trainingCounts(labels);
  if (inTraining.every((count) => count >= FEWEST_FOLDS)) return Math.min(FOLDS, ...inTraining);
  const label = String(labels.classes[counts.indexOf(fewest)]);
  throw new ChurnError(
    'invalid-target',
    `${source}: the label ${quoted(label)} of "${target}" has ${fewest === 1 ? '1 row' : `${fewest} rows`}, too few to train and test on: ` +
      'merge it with another label, or drop its rows',
  );
}

/** How many rows for training each class has; 0 if the rows are too few to be split. */
function trainingCounts(labels: Labels): number[] {
  try {
    return labels.take(trainTestSplit(labels, { testSize, seed }).train).counts();
  } catch (error) {
    if (ChurnError.is(error)) return labels.classes.map(() => 0);
    throw error;
  }
}

function headingOf(source: string, dropped: readonly string[]): string {
  const look = `Made from ${basename(source)}. Look through the columns: columns known only after the event must not be used as features.`;
  if (dropped.length === 0) return look;
  const more = dropped.length > LISTED ? ` and ${dropped.length - LISTED} more` : '';
  return `${look}\nDropped, for the reasons below: ${dropped.slice(0, LISTED).join(', ')}${more}.`;
}

/** A text as the name of what is predicted: letters, digits and `_`, a letter first. */
function wordOf(text: string): string {
  const word = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_$/g, '');
  return word || 'target';
}
