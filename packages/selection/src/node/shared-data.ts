import {
  Amounts,
  type CategoryColumn,
  Durations,
  Labels,
  type NumericColumn,
  Table,
  type Target,
} from '@churn/core';
import type { SearchData } from '../search/pieces.js';

type SharedColumn = NumericColumn | CategoryColumn;

type SharedTarget =
  | ({ readonly kind: 'classes' } & Pick<Labels, 'classes' | 'codes' | 'positive'>)
  | { readonly kind: 'amounts'; readonly values: Float64Array }
  | ({ readonly kind: 'durations' } & Pick<Durations, 'values' | 'events' | 'entry'>);

/** The rows of a search in memory that threads share; what `structuredClone` can carry. */
export interface SharedData {
  readonly nRows: number;
  readonly columns: readonly (readonly [string, SharedColumn])[];
  readonly target: SharedTarget;
  readonly splits: SearchData['splits'];
  readonly sampleWeight?: Float64Array;
  readonly times?: SearchData['times'];
}

/** Copies the rows once into memory that threads share, where there is such memory. */
export function shareData({ x, y, splits, sampleWeight, times }: SearchData): SharedData {
  return {
    nRows: x.nRows,
    columns: Array.from(x.entries(), ([name, column]) => [
      name,
      column.kind === 'numeric'
        ? { kind: column.kind, values: shareFloats(column.values) }
        : { kind: column.kind, codes: shareCodes(column.codes), levels: column.levels },
    ]),
    target: shareTarget(y),
    splits: splits.map(({ train, test }) => ({ train: shareCodes(train), test: shareCodes(test) })),
    ...(sampleWeight && { sampleWeight: shareFloats(sampleWeight) }),
    ...(times && { times }),
  };
}

/** The rows again, without a copy. */
export function readShared({ nRows, columns, target, splits, sampleWeight, times }: SharedData): SearchData {
  return {
    x: Table.fromColumns(columns, nRows),
    y: readTarget(target),
    splits,
    sampleWeight,
    times,
  };
}

function shareTarget(y: Target): SharedTarget {
  if (y.kind === 'durations') {
    const entry = y.entry && shareFloats(y.entry);
    return { kind: y.kind, values: shareFloats(y.values), events: shareBytes(y.events), entry };
  }
  return y.kind === 'amounts'
    ? { kind: y.kind, values: shareFloats(y.values) }
    : { kind: y.kind, classes: y.classes, positive: y.positive, codes: shareCodes(y.codes) };
}

function readTarget(target: SharedTarget): Target {
  if (target.kind === 'amounts') return Amounts.from(target.values);
  if (target.kind === 'durations')
    return Durations.from({ durations: target.values, events: target.events, entry: target.entry });
  const { classes, codes, positive } = target;
  // Classes without a positive one are sorted; to give them in an order would name one.
  const each = classes.length === 2 && positive === undefined ? undefined : classes;
  return Labels.from(classes, { ...(each && { classes: each }) }).take(codes);
}

function shareBytes(values: Uint8Array): Uint8Array {
  const shared = new Uint8Array(allocate(values.length));
  shared.set(values);
  return shared;
}

function shareFloats(values: ArrayLike<number>): Float64Array {
  const shared = new Float64Array(allocate(8 * values.length));
  shared.set(values);
  return shared;
}

function shareCodes(codes: ArrayLike<number>): Int32Array {
  const shared = new Int32Array(allocate(4 * codes.length));
  shared.set(codes);
  return shared;
}

/** Memory that threads share; a page that is not isolated has none, and its workers get copies. */
function allocate(bytes: number): SharedArrayBuffer | ArrayBuffer {
  return typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
