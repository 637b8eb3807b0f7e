import { createHash } from 'node:crypto';
import type { Column, Table, Target } from '@churn/core';

/**
 * The SHA-256, in hexadecimal digits, of the training data: names, kinds and values of the columns, and the target. It does not depend on
 * the format of the file.
 */
export function contentHash(features: Table, y: Target): string {
  const hash = createHash('sha256');
  const add = (what: unknown, values: Float64Array | Int32Array) => {
    hash.update(JSON.stringify(what)).update('\n');
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  };
  for (const [name, column] of features.entries()) add(headOf(name, column), valuesOf(column));
  if (y.kind === 'classes') add(y.classes, y.codes);
  else add(y.kind, y.values.map(withoutSign));
  if (y.kind === 'durations') {
    add('events', Int32Array.from(y.events));
    if (y.entry) add('entry', y.entry.map(withoutSign));
  }
  return hash.digest('hex');
}

function headOf(name: string, column: Column): unknown {
  return column.kind === 'numeric' ? [name, column.kind] : [name, column.kind, column.levels];
}

function valuesOf(column: Column): Float64Array | Int32Array {
  // NaN has many bit patterns, and -0 is 0 in JSON.
  return column.kind === 'numeric'
    ? column.values.map((value) => (Number.isNaN(value) ? NaN : withoutSign(value)))
    : column.codes;
}

/** A number, with 0 instead of -0. */
function withoutSign(value: number): number {
  return value + 0;
}
