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
import { leftOutNote, type ReadTarget, rowsWithTarget } from './rows-with-target.js';

type TargetConfig = Pick<DataConfig, 'target' | 'positive' | 'unlabelled'>;

/**
 * Reads the classes of a table, which has the column of the target; of two, the second is the positive one.
 * @throws `invalid-target` if a row has no label, unless such rows are to be left out; if the positive label never occurs; if there are
 * not two labels, or without a positive one more.
 */
export function readClasses(table: Table, config: TargetConfig, records: Records): ReadTarget<Labels> {
  const { target } = config;
  const found = labelsIn(table, target, records);
  const isPresent = Array.from(found.codes, (code) => code >= 0);
  const rows = rowsWithTarget(isPresent, config, records);
  const texts = Array.from(rows, (row) => found.labels[found.codes[row]].text);
  return {
    y: Labels.from(texts, classesOf(found, config, records.source)),
    rows,
    warnings: [...joinedSpellings(found, target), ...leftOutNote(isPresent, config, records)],
  };
}

/**
 * The labels of the target.
 * @throws `invalid-target` if spelling alone tells them apart.
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
      `expected data.positive to name the positive label, as the target "${target}" has no more than two: ${shown}`,
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
