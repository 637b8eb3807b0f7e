import { type CategoryColumn, Labels, type NumericColumn, Table } from '@churn/core';
import type { SearchData } from '../search/pieces.js';

type SharedColumn = NumericColumn | CategoryColumn;

/** The rows of a search in memory that threads share; what `structuredClone` can carry. */
export interface SharedData {
  readonly nRows: number;
  readonly columns: readonly (readonly [string, SharedColumn])[];
  readonly classes: Labels['classes'];
  readonly codes: Int32Array;
  readonly splits: SearchData['splits'];
  readonly sampleWeight?: Float64Array;
}

/** Copies the rows once into shared memory. */
export function shareData({ x, y, splits, sampleWeight }: SearchData): SharedData {
  return {
    nRows: x.nRows,
    columns: Array.from(x.entries(), ([name, column]) => [
      name,
      column.kind === 'numeric'
        ? { kind: column.kind, values: shareFloats(column.values) }
        : { kind: column.kind, codes: shareCodes(column.codes), levels: column.levels },
    ]),
    classes: y.classes,
    codes: shareCodes(y.codes),
    splits: splits.map(({ train, test }) => ({ train: shareCodes(train), test: shareCodes(test) })),
    ...(sampleWeight && { sampleWeight: shareFloats(sampleWeight) }),
  };
}

/** The rows again, without a copy. */
export function readShared({ nRows, columns, classes, codes, splits, sampleWeight }: SharedData): SearchData {
  return {
    x: Table.fromColumns(columns, nRows),
    y: Labels.from(classes, classes).take(codes),
    splits,
    sampleWeight,
  };
}

function shareFloats(values: ArrayLike<number>): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(8 * values.length));
  shared.set(values);
  return shared;
}

function shareCodes(codes: ArrayLike<number>): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(4 * codes.length));
  shared.set(codes);
  return shared;
}
