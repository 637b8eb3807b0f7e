import { isPlainObject } from '@churn/core';

/** Renames former keys of a configuration: `data.misfits` is now `data.invalidValues`. */
export function renameFormerKeys(given: unknown): unknown {
  if (!isPlainObject(given) || !isPlainObject(given.data)) return given;
  const { misfits, ...data } = given.data;
  if (misfits === undefined || 'invalidValues' in data) return given;
  return { ...given, data: { ...data, invalidValues: misfits } };
}
