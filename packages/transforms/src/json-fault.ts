import { isPlainObject } from '@churn/core';

/** A value that JSON cannot represent, and its path. */
export interface JsonFault {
  /** The path, such as `.means[2]`; empty for the whole value. */
  readonly at: string;
  /** What it is, in words. */
  readonly received: string;
}

/** A model file rejects lists and objects that are nested more deeply. */
const MAX_LEVELS = 80;

/** The first value that would not be the same after `JSON.parse(JSON.stringify(value))`; `undefined` if there is none. */
export function jsonFault(value: unknown, at = '', level = 0): JsonFault | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return undefined;
  }
  const isHeld = Array.isArray(value) || isPlainRecord(value);
  if (!isHeld) return { at, received: nameOf(value) };
  if (level === MAX_LEVELS)
    return { at: '', received: `something nested more than ${MAX_LEVELS} levels deep` };
  // By index, because a hole in a list becomes null.
  const keys = Array.isArray(value) ? Array.from(value.keys()) : Object.keys(value);
  for (const key of keys) {
    const place = typeof key === 'number' ? `${at}[${key}]` : `${at}.${key}`;
    const fault = jsonFault((value as Record<string | number, unknown>)[key], place, level + 1);
    if (fault) return fault;
  }
  return undefined;
}

function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isPlainObject(value) || typeof value.toJSON === 'function') return false;
  const prototype = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  if ('toJSON' in value && Object.hasOwn(value, 'toJSON')) return 'an object with toJSON';
  return `a ${value.constructor?.name || 'object'}`;
}
