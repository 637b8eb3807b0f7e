import { ChurnError } from '@churn/core';
import { cellReader, type DatasetColumn, isInvalidValue, quoted, quotedList } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import type { Dataset, WholeFile } from '../training/dataset.js';
import { labelKey } from '../training/label-spellings.js';
import type { SampledFile } from './sample-file.js';

/** The target column, as read. */
export function targetColumn({ columns }: Pick<Dataset, 'columns'>): DatasetColumn {
  return (columns.find(({ use }) => use === 'target') as Dataset['columns'][number]).column;
}

/** The index of each class by the keys of its spellings. */
export function classOfKey({ y: labels }: Pick<Dataset, 'y'>): ReadonlyMap<string, number> {
  return new Map(labels.classes.map((label, code) => [labelKey(String(label)), code]));
}

/**
 * The labels of all rows of a file, of which the dataset is a sample.
 * @throws `invalid-target` for a label that the sample lacks, and for rows without a label, unless these are dropped.
 */
export function wholeFile(
  { records, targets }: SampledFile,
  data: Dataset,
  { target, unlabelled, missingValues }: DataConfig,
): WholeFile {
  const read = cellReader(targetColumn(data), { missingValues });
  const codes = classOfKey(data);
  const counts = data.y.classes.map(() => 0);
  let without = 0;
  for (const [value, { rows, line }] of targets) {
    const text = read(value);
    const code = text === null || isInvalidValue(text) ? undefined : codes.get(labelKey(String(text)));
    if (code !== undefined) {
      counts[code] += rows;
    } else if (text !== null) {
      throw new ChurnError(
        'invalid-target',
        `${records.source}, line ${line}: the target "${target}" has ${quoted(String(value))}, which is not among the labels of ` +
          `${data.y.length} rows drawn at random: ${quotedList(data.y.classes.map(String))}; ` +
          'merge this rare label with another, or drop its rows',
      );
    } else if (unlabelled === 'drop') {
      without += rows;
    } else {
      throw new ChurnError(
        'invalid-target',
        `${records.source}, line ${line}: the target "${target}" has no value; ` +
          'training rows need one; set data.unlabelled: drop to drop those without',
      );
    }
  }
  return {
    rows: counts.reduce((sum, count) => sum + count, 0),
    unlabelled: without,
    classes: data.y.classes.map((label, code) => ({ label: String(label), rows: counts[code] })),
  };
}
