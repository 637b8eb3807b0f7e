import { ChurnError, Durations } from '@churn/core';
import { quoted, quotedList } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import type { DurationsConfig } from '../config/target.js';
import { labelsIn } from './class-target.js';
import { joinedSpellings, namedLabel, type TargetLabels } from './label-spellings.js';
import { refuseTexts } from './odd-numbers.js';
import { likelyPositive, meaningOf } from './positive-label.js';
import type { ReadTable } from './read-table.js';
import { leftOutNote, type ReadTarget, rowsWithTarget } from './rows-with-target.js';

type TargetConfig = Pick<DataConfig, 'target' | 'durations' | 'positive' | 'unlabelled'>;

/**
 * Reads the durations of a table with the columns of durations and events.
 * @throws `invalid-target`, naming the line, if a duration or a time of entry is not a finite number of at least 0, or is missing, unless
 * such rows are dropped; if the event is not yes or no, or no row has it; if a horizon exceeds the longest duration.
 */
export function readDurations(
  { table, records, columns }: Pick<ReadTable, 'table' | 'records' | 'columns'>,
  config: TargetConfig,
): ReadTarget<Durations> {
  const { target, unlabelled } = config;
  const { event, entry, horizons } = config.durations as DurationsConfig;
  const { source, lines } = records;
  const found = labelsIn(table, event, records);
  const isPresent = new Array<boolean>(table.nRows).fill(true);
  const warnings = joinedSpellings(found, event);
  const read = (name: string, has: (row: number) => boolean) => {
    const ofColumn = isPresent.map((_, row) => has(row));
    rowsWithTarget(ofColumn, { target: name, unlabelled }, records);
    warnings.push(...leftOutNote(ofColumn, { target: name, unlabelled }, records));
    ofColumn.forEach((isThere, row) => {
      if (!isThere) isPresent[row] = false;
    });
  };
  const numbers = (name: string, what: string) => {
    refuseTexts(columns, name, what, source, unlabelled);
    const values = table.numeric(name);
    read(name, (row) => !Number.isNaN(values[row]));
    const amiss = values.findIndex((value) => value < 0 || Math.abs(value) === Infinity);
    if (amiss < 0) return values;
    throw atLine(amiss, `a finite number of at least 0 in the ${what} "${name}"`, values[amiss]);
  };
  const atLine = (row: number, expected: string, received: number) =>
    new ChurnError('invalid-target', `${source}, line ${lines[row]}: expected ${expected}, got ${received}`);

  const durations = numbers(target, 'duration');
  const entries = entry === undefined ? undefined : numbers(entry, 'entry');
  read(event, (row) => found.codes[row] >= 0);
  const late = entries ? entries.findIndex((start, row) => start >= durations[row]) : -1;
  if (entries && late >= 0)
    throw atLine(
      late,
      `an entry "${entry}" before the end of the duration, ${durations[late]}`,
      entries[late],
    );
  const rows = Int32Array.from(isPresent.keys()).filter((row) => isPresent[row]);
  const yes = eventCode(found, event, config, source);
  const has = Array.from(rows, (row) => found.codes[row] === yes);
  refuseNoEvent(has, found, event, source);
  const values = Float64Array.from(rows, (row) => durations[row]);
  refuseLongHorizon(values, target, horizons, source);
  const from = entries && Float64Array.from(rows, (row) => entries[row]);
  return { y: Durations.from({ durations: values, events: has, entry: from }), rows, warnings };
}

/** The code of the label that means that the event occurred; -1 if there is none. */
function eventCode(
  { labels }: TargetLabels,
  event: string,
  { positive }: Pick<DataConfig, 'positive'>,
  source: string,
): number {
  const shown = quotedList(labels.map(({ text }) => text));
  const refuse = (what: string) => new ChurnError('invalid-target', `${source}: ${what}`);
  if (labels.length > 2)
    throw refuse(
      `expected yes and no in the event "${event}", got ${labels.length} labels: ${shown}; if there are several kinds of event, add a column for the one to predict`,
    );
  if (positive !== undefined) {
    const named = namedLabel(labels, positive);
    if (named) return labels.indexOf(named);
    throw refuse(
      `the positive label ${quoted(positive)} never occurs in the event "${event}", which has ${shown}`,
    );
  }
  const [first, second] = labels;
  if (first && second) {
    const { label, meansYes } = likelyPositive([first, second]);
    if (meansYes) return labels.indexOf(label);
    throw refuse(
      `expected data.positive to name the label of "${event}" that means that the event occurred, one of ${shown}`,
    );
  }
  if (!first) return -1;
  const meaning = meaningOf(first);
  if (meaning) return meaning === 'yes' ? 0 : -1;
  throw refuse(`expected yes and no in the event "${event}", got ${quoted(first.text)} in all rows`);
}

function refuseNoEvent(
  has: readonly boolean[],
  { labels }: TargetLabels,
  event: string,
  source: string,
): void {
  if (has.includes(true)) return;
  const received = has.length === 0 ? 'no rows' : `${quoted(labels[0].text)} in all rows`;
  throw new ChurnError(
    'invalid-target',
    `${source}: expected rows with the event "${event}", got ${received}`,
  );
}

function refuseLongHorizon(
  values: Float64Array,
  target: string,
  horizons: readonly number[],
  source: string,
): void {
  const longest = values.reduce((most, value) => Math.max(most, value), 0);
  const beyond = horizons.find((horizon) => horizon > longest);
  if (beyond === undefined) return;
  throw new ChurnError(
    'invalid-target',
    `${source}: expected a horizon of at most ${longest}, the longest duration "${target}", got ${beyond}`,
  );
}
