import { ChurnError } from '@churn/core';
import { columnNames, quoted, quotedList } from '@churn/io';
import type { TreatmentConfig } from '../config/treatment.js';
import { namedLabel, targetLabels } from './label-spellings.js';
import type { ReadTable } from './read-table.js';

/** The arms of an experiment. */
export interface TreatmentArms {
  /** The treatment. */
  readonly treatment: {
    readonly column: string;
    /** The levels of both arms, as in the file. */
    readonly control: string;
    readonly treated: string;
  };
  /** Whether each row was treated, 1 or 0. */
  readonly isTreated: Uint8Array;
}

/**
 * Reads the arms from a table with the treatment column.
 *
 * @param rows the rows to use.
 * @throws `invalid-data` if a row has no treatment, naming its line, if there are not exactly two levels, or if none is the control.
 */
export function treatmentArms(
  { table, records }: Pick<ReadTable, 'table' | 'records'>,
  rows: Int32Array,
  { column, control }: TreatmentConfig,
): TreatmentArms {
  const { source, header, lines } = records;
  const refuse = (what: string) => new ChurnError('invalid-data', `${source}${what}`);
  const place = columnNames(header).indexOf(column);
  const { codes, labels } = targetLabels(
    table.take(rows).category(column),
    Array.from(rows, (row) => records.records[row][place]),
    Array.from(rows, (row) => lines[row]),
  );
  const missing = codes.indexOf(-1);
  if (missing >= 0) {
    throw refuse(
      `, line ${lines[rows[missing]]}: expected a value of the treatment ${quoted(column)}, got none`,
    );
  }
  const shown = quotedList(labels.map(({ text }) => text));
  const untreated = namedLabel(labels, control);
  if (!untreated) {
    throw refuse(
      `: data.treatment.control: expected a level of the treatment ${quoted(column)}, which has ${shown}, got ${quoted(control)}`,
    );
  }
  if (labels.length !== 2) {
    const more = labels.length > 2 ? '; keep only the rows of one treatment and the control' : '';
    throw refuse(
      `: expected two levels of the treatment ${quoted(column)}, got ${labels.length}: ${shown}${more}`,
    );
  }
  const code = labels.indexOf(untreated);
  return {
    treatment: { column, control: untreated.text, treated: labels[1 - code].text },
    isTreated: Uint8Array.from(codes, (each) => (each === code ? 0 : 1)),
  };
}

/** The indices of the rows of an arm: 1 for treated, 0 for control. */
export function armPlaces({ isTreated }: Pick<TreatmentArms, 'isTreated'>, arm: 0 | 1): Int32Array {
  return Int32Array.from(isTreated.keys()).filter((row) => isTreated[row] === arm);
}
