import { ChurnError, Labels, type Table } from '@churn/core';
import { columnNames, quoted, quotedList, type Records } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import {
  joinedSpellings,
  mixesWords,
  namedLabel,
  type TargetLabels,
  targetLabels,
} from './label-spellings.js';

/** The target of the rows that have one. */
export interface Target {
  /** Of two classes, the second is the positive one. */
  readonly labels: Labels;
  /** The rows that have a label, in their order. */
  readonly rows: Int32Array;
  /** How many rows were left out for want of a label. */
  readonly unlabelled: number;
  /** What a user is to know of it. */
  readonly warnings: readonly string[];
}

type TargetConfig = Pick<DataConfig, 'target' | 'positive' | 'unlabelled'>;

/**
 * Reads the target of a table, which has that column.
 * @throws `invalid-target` where a row has no label, unless such rows are to be left out; where the positive label never occurs; where
 *   there are not two labels, or without a positive one more.
 */
export function readTarget(table: Table, config: TargetConfig, records: Records): Target {
  const { target } = config;
  const found = labelsIn(table, target, records);
  const rows = labelledRows(found, config, records);
  const unlabelled = table.nRows - rows.length;
  const texts = Array.from(rows, (row) => found.labels[found.codes[row]].text);
  const left = `${unlabelled} ${unlabelled === 1 ? 'row has' : 'rows have'} no value, and ${unlabelled === 1 ? 'is' : 'are'} left out`;
  return {
    labels: Labels.from(texts, classesOf(found, config, records.source)),
    rows,
    unlabelled,
    warnings: [
      ...joinedSpellings(found, target),
      ...(unlabelled > 0
        ? [`${quoted(target)}: ${left}, the first in line ${firstUnlabelled(found, records)}`]
        : []),
    ],
  };
}

/**
 * The labels of the target.
 * @throws `invalid-target` where spelling alone tells them apart.
 */
export function labelsIn(
  table: Table,
  target: string,
  { source, header, records, lines }: Records,
): TargetLabels {
  const column = table.category(target);
  const position = columnNames(header).indexOf(target);
  const found = targetLabels(
    column,
    records.map((record) => record[position]),
    lines,
  );
  const [only, ...others] = found.labels;
  if (only && others.length === 0 && only.spellings.length > 1) {
    const shown = quotedList(only.spellings.map(({ text }) => text));
    throw new ChurnError(
      'invalid-target',
      `${source}: expected two labels in the target "${target}", got ${shown}, which differ in spelling alone`,
    );
  }
  if (mixesWords(found.labels)) {
    const shown = quotedList(found.labels.map(({ text }) => text));
    throw new ChurnError(
      'invalid-target',
      `${source}: expected one word for yes and one for no in the target "${target}", got ${shown}; write them alike`,
    );
  }
  return found;
}

function labelledRows(
  found: TargetLabels,
  { target, unlabelled }: TargetConfig,
  records: Records,
): Int32Array {
  const { codes } = found;
  const rows = Int32Array.from(codes.keys()).filter((row) => codes[row] >= 0);
  const without = codes.length - rows.length;
  if (without === 0 || unlabelled === 'drop') return rows;
  const others = without === 1 ? '' : `, nor has it in ${without - 1} more ${without === 2 ? 'row' : 'rows'}`;
  throw new ChurnError(
    'invalid-target',
    `${records.source}, line ${firstUnlabelled(found, records)}: the target "${target}" has no value${others}; ` +
      'a row to learn from needs one, and data.unlabelled: drop leaves out those that have none',
  );
}

function firstUnlabelled({ codes }: TargetLabels, { lines }: Records): number {
  return lines[codes.indexOf(-1)];
}

/** The classes in the order wanted; without a positive one nothing, as they are sorted. */
function classesOf(
  { labels }: TargetLabels,
  { target, positive }: TargetConfig,
  source: string,
): readonly string[] | undefined {
  const texts = labels.map(({ text }) => text);
  const shown = quotedList(texts);
  const refuse = (what: string) => new ChurnError('invalid-target', `${source}: ${what}`);
  if (positive === undefined) {
    if (texts.length > 2) return undefined;
    throw refuse(
      `expected data.positive to name the label to find, as the target "${target}" has no more than two: ${shown}`,
    );
  }
  const wanted = namedLabel(labels, positive);
  if (!wanted)
    throw refuse(`the positive label ${quoted(positive)} never occurs in "${target}", which has ${shown}`);
  if (texts.length !== 2) {
    const all = texts.length > 2 ? '; without data.positive, all of them are told apart' : '';
    throw refuse(`expected two labels in the target "${target}", got ${texts.length}: ${shown}${all}`);
  }
  return [...texts.filter((text) => text !== wanted.text), wanted.text];
}
