import { ChurnError, type Target } from '@churn/core';
import type { Config } from '../config/config.js';
import { MODEL_KIND } from '../model/model-kind.js';
import { loadAnyModel } from '../scoring/scoring-model.js';
import type { Task } from '../task/task.js';
import { taskOf } from '../task/task-of.js';
import { loadDataset, toLearnFrom } from '../training/data.js';
import type { Dataset } from '../training/dataset.js';
import { type GroupedColumn, groupsOf } from '../training/grouped-column.js';
import { namedColumns } from '../training/named-columns.js';
import { type ReadTable, readTable } from '../training/read-table.js';
import { type Answers, answersFor, configOf, heldOutAnswers } from './answers.js';
import { type Contender, contenderText } from './contender.js';
import type { Judged } from './score-of.js';
import { type Truth, targetOf, truthOf } from './truth.js';

/** Rows with known outcomes and the predictions of both models. */
export interface ComparedRows {
  /** A description of the rows. */
  readonly what: string;
  readonly y: Target;
  readonly challenger: Judged;
  /** `undefined` if there is no champion yet. */
  readonly champion: Judged | undefined;
  readonly groups: readonly GroupedColumn[];
  /** Notes about the comparison. */
  readonly notes: readonly string[];
}

/** The models to compare, and the configuration. */
interface Comparison {
  readonly challenger: Contender;
  readonly champion: Contender | undefined;
  readonly config: Config;
}

/**
 * The rows to compare two models on: those of the gate's file, or those held out by both runs.
 * @throws `invalid-data` or `invalid-file` if there are none that neither was trained on.
 */
export async function comparedRows(comparison: Comparison): Promise<ComparedRows> {
  const { data } = comparison.config.registry.gate ?? {};
  return data === undefined ? heldOutRows(comparison) : rowsOfFile(data, comparison);
}

async function heldOutRows({ challenger, champion, config }: Comparison): Promise<ComparedRows> {
  if (champion) requireSameData(challenger, champion);
  const own = await heldOutAnswers(challenger, config);
  const other = champion && (await heldOutAnswers(champion, config));
  const truth = new Map(Array.from(own.keys, (key, i) => [key, own.truth[i]]));
  const table = config.registry.gate?.groups.length ? await dataOfRun(challenger) : undefined;
  const file = challenger.record?.data.file ?? 'the data';
  return {
    ...matched(truth, own, other, table, config),
    what: `rows of ${file} held out by ${champion ? 'both runs' : 'its run'}`,
    notes: [],
  };
}

async function rowsOfFile(file: string, { challenger, champion, config }: Comparison): Promise<ComparedRows> {
  const data = { ...config.data, file, query: undefined };
  const read = await readTable(data, config.processing.dates?.columns);
  const task = taskOf(config);
  const dataset = toLearnFrom(task, read, data);
  const notes: string[] = [];
  const answersOf = async (contender: Contender): Promise<Answers> => {
    const scoring = await loadAnyModel(contender.file);
    requireTask(task, scoring, contender);
    const isLearned = hasLearned(contender, scoring.training, dataset);
    if (!isLearned) return answersFor(file, scoring, data);
    notes.push(
      `${contenderText(contender)} was trained on ${file}: it is compared by its run's predictions for held-out rows`,
    );
    const { keys, ...answers } = await heldOutAnswers(contender, config);
    return { ...answers, keys: await linesOf(keys, contender, dataset, file) };
  };
  const truth = new Map(truthOf(dataset.y).map((each, i) => [dataset.records.lines[i], each]));
  const own = await answersOf(challenger);
  const other = champion && (await answersOf(champion));
  const table = { file, table: read.table, rowOf: rowsByLine(read) };
  return { ...matched(truth, own, other, table, config), what: `rows of ${file}`, notes };
}

/** The row in a table for each key. */
interface NamedRows {
  readonly file: string;
  readonly table: ReadTable['table'];
  readonly rowOf: ReadonlyMap<number, number>;
}

/** @throws `invalid-data` if the task of a model differs from that of the configuration. */
function requireTask({ name }: Task, { task }: { readonly task: Task['name'] }, contender: Contender): void {
  if (name === task) return;
  throw new ChurnError(
    'invalid-data',
    `${contenderText(contender)}: expected a ${MODEL_KIND[name]}, as in data.target, got a ${MODEL_KIND[task]}`,
  );
}

/** The task of a run. */
function taskOfRun({ record }: Contender): Task {
  return taskOf({ data: { task: record?.task ?? 'classes' } });
}

/** Joins outcomes, predictions and groups by row. */
function matched(
  truth: ReadonlyMap<number, Truth>,
  own: Answers,
  other: Answers | undefined,
  named: NamedRows | undefined,
  { registry: { gate } }: Config,
): Pick<ComparedRows, 'y' | 'challenger' | 'champion' | 'groups'> {
  const { task, classes } = own;
  if (other) requireSameClasses(own, other);
  const places = other && new Map(Array.from(other.keys, (key, i) => [key, i]));
  const rows = Array.from(own.keys, (key, i) => ({ key, own: i, other: places?.get(key) })).filter(
    ({ key, other }) => truth.has(key) && (places === undefined || other !== undefined),
  );
  if (rows.length === 0) {
    throw new ChurnError('invalid-data', 'expected rows that neither model was trained on, got none');
  }
  const keys = rows.map(({ key }) => key);
  requireKnown(keys, truth, classes);
  return {
    y: targetOf(
      task,
      keys.map((key) => truth.get(key) as Truth),
      classes,
    ),
    challenger: judged(
      own,
      rows.map((row) => row.own),
      classes,
    ),
    champion:
      other &&
      judged(
        other,
        rows.map((row) => row.other as number),
        classes,
      ),
    groups: named ? groupedBy(named, keys, gate?.groups ?? []) : [],
  };
}

/** @throws `invalid-data` if the label of a row is not one of the classes. */
function requireKnown(
  keys: readonly number[],
  truth: ReadonlyMap<number, Truth>,
  classes: readonly string[],
): void {
  if (classes.length === 0) return;
  const known = new Set<Truth | undefined>(classes);
  const unknown = keys.find((key) => !known.has(truth.get(key)));
  if (unknown === undefined) return;
  const received = JSON.stringify(truth.get(unknown));
  throw new ChurnError(
    'invalid-data',
    `row ${unknown} has the label ${received}, expected one of ${classes.map((label) => JSON.stringify(label)).join(', ')}`,
  );
}

/** Groups the rows with these keys by each of the columns. */
function groupedBy(
  { table, file, rowOf }: NamedRows,
  keys: readonly number[],
  columns: readonly string[],
): GroupedColumn[] {
  const rows = keys.map((key) => rowOf.get(key) as number);
  const found = namedColumns(table, columns, { setting: 'registry.gate.groups', file });
  return [...found.take(rows).entries()].map(([column, values]) => ({ column, groups: groupsOf(values) }));
}

/** The predictions for some rows, with the classes in a given order. */
function judged(answers: Answers, rows: readonly number[], classes: readonly string[]): Judged {
  const taken = answers.predictions.map((column) => Float64Array.from(rows, (row) => column[row]));
  const { called, horizons } = answers;
  if (!called) return { predictions: taken, horizons };
  const codes = classes.map((label) => answers.classes.indexOf(label));
  return {
    predictions: codes.map((code) => taken[code]),
    called: Int32Array.from(rows, (row) => codes.indexOf(called[row])),
  };
}

function requireSameClasses(
  { task, classes: own }: Answers,
  { task: otherTask, classes: other }: Answers,
): void {
  if (task !== otherTask) {
    throw new ChurnError(
      'invalid-data',
      `expected two models of the same kind, got a ${MODEL_KIND[task]} and a ${MODEL_KIND[otherTask]}`,
    );
  }
  if (own.length === other.length && own.every((label) => other.includes(label))) return;
  const shown = (labels: readonly string[]) => labels.map((label) => JSON.stringify(label)).join(', ');
  throw new ChurnError(
    'invalid-data',
    `expected two models of the same classes, got ${shown(own)} for one and ${shown(other)} for the other`,
  );
}

function requireSameData(challenger: Contender, champion: Contender): void {
  const [own, other] = [challenger, champion].map(({ record }) => record?.data);
  const areSame = own?.contentSha256 !== null && own?.contentSha256 === other?.contentSha256;
  if (areSame && (own?.sampled === null) === (other?.sampled === null)) return;
  throw new ChurnError(
    'invalid-data',
    `${contenderText(challenger)} and ${contenderText(champion)} were not trained on the same data, or one of these runs no longer exists: ` +
      'set registry.gate.data to labelled rows that neither was trained on',
  );
}

/** Whether a model was trained on rows of a file, as far as known. */
function hasLearned(
  { record }: Contender,
  training: Readonly<Record<string, unknown>>,
  { records, contentSha256 }: Dataset<Target>,
): boolean {
  const { sha256 } = (training.data ?? {}) as { readonly sha256?: unknown };
  return sha256 === contentSha256 || record?.data.sha256 === records.sha256;
}

/** Converts indices in the training data to lines in `file`. */
async function linesOf(
  keys: ArrayLike<number>,
  contender: Contender,
  dataset: Dataset<Target>,
  file: string,
): Promise<ArrayLike<number>> {
  const { sampled, contentSha256 } = contender.record?.data ?? {};
  // For a streaming run, they already are lines.
  if (sampled !== null) return keys;
  const config = configOf(contender);
  const isSame = contentSha256 === dataset.contentSha256 || config === undefined;
  const { lines } = isSame
    ? dataset.records
    : (
        await loadDataset(
          taskOfRun(contender),
          { ...config.data, file, query: undefined },
          config.processing.dates?.columns,
        )
      ).records;
  return Array.from(keys, (row) => lines[row]);
}

/**
 * The data of a run as a table, with the row in it for each index of the run.
 * @throws `invalid-data` if the data has changed, or does not fit into memory.
 */
async function dataOfRun(contender: Contender): Promise<NamedRows> {
  const config = configOf(contender);
  const { data: known } = contender.record ?? {};
  // The rows of a streaming run did not fit into memory.
  if (config === undefined || known === undefined || known.sampled !== null) {
    throw new ChurnError(
      'invalid-data',
      `run ${contender.run}: its data does not fit into memory for registry.gate.groups; set registry.gate.data to labelled rows`,
    );
  }
  const read = await readTable(config.data, config.processing.dates?.columns);
  if (read.records.sha256 !== known.sha256) {
    throw new ChurnError(
      'invalid-data',
      `${read.records.source}: expected the training data of run ${contender.run} for registry.gate.groups, got other data`,
    );
  }
  const byLine = rowsByLine(read);
  const { lines } = toLearnFrom(taskOfRun(contender), read, config.data).records;
  const rowOf = new Map(Array.from(lines, (line, row) => [row, byLine.get(line) as number]));
  return { file: read.records.source, table: read.table, rowOf };
}

function rowsByLine({ records: { lines } }: ReadTable): Map<number, number> {
  return new Map(Array.from(lines, (line, row) => [line, row]));
}
