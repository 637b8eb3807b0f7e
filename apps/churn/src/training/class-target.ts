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
 * Reads the classes of a table with the target column; if there are two, the second is positive.
 * @throws `invalid-target` if a row has no label, unless such rows are dropped; if the positive label never occurs; if there are not two
 * labels, or without a positive label at least two.
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
 * @throws `invalid-target` if they differ only in spelling.
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
      `${source}: expected two labels in the target "${target}", got ${shown}, which differ only in spelling`,
    );
  }
  if (mixesWords(found.labels)) {
    const shown = quotedList(found.labels.map(({ text }) => text));
    throw new ChurnError(
      'invalid-target',
      `${source}: expected one word for yes and one for no in the target "${target}", got ${shown}; make them consistent`,
    );
  }
  return found;
}

/** The classes with the positive one last; `undefined` without a positive label, for the sorted order. */
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
      `expected data.positive to name the positive label, since the target "${target}" has two labels: ${shown}`,
    );
  }
  const chosen = namedLabel(labels, positive);
  if (!chosen)
    throw refuse(`the positive label ${quoted(positive)} never occurs in "${target}", which has ${shown}`);
  if (texts.length !== 2) {
    const all = texts.length > 2 ? '; without data.positive, the target is multiclass' : '';
    throw refuse(`expected two labels in the target "${target}", got ${texts.length}: ${shown}${all}`);
  }
  return [...texts.filter((text) => text !== chosen.text), chosen.text];
}
