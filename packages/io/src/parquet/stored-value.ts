import { isoDay, isoInstant, isoTime, powerOfTwo } from '@churn/core';
import type { SchemaElement } from 'hyparquet';
import { isText } from './element.js';

const TICKS_PER_SECOND = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n };

/**
 * Converts the stored values of a Parquet column to JSON values: numbers, booleans or texts; `null` and `NaN` become `null`. Dates and times are
 * ISO 8601 texts; only instants, which are adjusted to UTC, have a `Z`.
 */
export function meaningOf(element: SchemaElement): (stored: unknown) => unknown {
  const of = presentMeaning(element);
  return (stored) => (stored === null || stored === undefined || Number.isNaN(stored) ? null : of(stored));
}

// biome-ignore lint/suspicious/noExplicitAny: the schema tells the type of a value
function presentMeaning(element: SchemaElement): (stored: any) => unknown {
  const { type, converted_type: converted, logical_type: logical, scale = 0 } = element;
  if (isText(element)) return (text) => text;
  if (type === 'INT96') return (nanos: bigint) => isoInstant(nanos, TICKS_PER_SECOND.NANOS);
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const digits = logical?.type === 'DECIMAL' ? logical.scale : scale;
    return (value) => Number(`${unscaled(value)}e-${digits}`);
  }
  if (converted === 'DATE' || logical?.type === 'DATE') return (days: number) => isoDay(days);
  if (logical?.type === 'TIMESTAMP') {
    const text = logical.isAdjustedToUTC ? isoInstant : isoTime;
    return (value: bigint) => text(value, TICKS_PER_SECOND[logical.unit]);
  }
  if (converted === 'TIMESTAMP_MILLIS') return (value: bigint) => isoInstant(value, TICKS_PER_SECOND.MILLIS);
  if (converted === 'TIMESTAMP_MICROS') return (value: bigint) => isoInstant(value, TICKS_PER_SECOND.MICROS);
  const isUnsigned = converted?.startsWith('UINT_') || (logical?.type === 'INTEGER' && !logical.isSigned);
  if (isUnsigned && type === 'INT32') return (value: number) => value >>> 0;
  if (isUnsigned && type === 'INT64') return (value: bigint) => BigInt.asUintN(64, value);
  if (logical?.type === 'FLOAT16') return halfFloat;
  if (logical?.type === 'UUID') return uuid;
  // JSON, and texts of writers that do not mark them.
  if (type === 'BYTE_ARRAY') return (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (type === 'FIXED_LEN_BYTE_ARRAY') return (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return (value) => value;
}

function unscaled(value: number | bigint | Uint8Array): number | bigint {
  if (!(value instanceof Uint8Array)) return value;
  const hex = Buffer.from(value).toString('hex');
  return hex === '' ? 0n : BigInt.asIntN(8 * value.length, BigInt(`0x${hex}`));
}

function halfFloat(bytes: Uint8Array): number | null {
  const bits = bytes[0] | (bytes[1] << 8);
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent < 31) return sign * (1 + fraction) * powerOfTwo(exponent - 15);
  return fraction === 0 ? sign * Infinity : null;
}

function uuid(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
