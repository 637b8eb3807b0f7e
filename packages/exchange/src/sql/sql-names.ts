import { ChurnError, plainLetters } from '@churn/core';
import type { Program } from '../program/program.js';
import type { SqlDialect } from './dialect.js';

const MAX_NAME_LENGTH = 24;

/** A step or column as a plain identifier: `s3_standard_scaler`. */
export function plainName(prefix: string, name: string): string {
  const plain = plainLetters(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'))
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_NAME_LENGTH)
    .replace(/^_+|_+$/g, '');
  return plain === '' ? prefix : `${prefix}_${plain}`;
}

/** @throws `unsupported` if two raw columns have the same name in the database. */
export function requireDistinctInputs({ columns, inputs }: Program, { title, foldsCase }: SqlDialect): void {
  if (!foldsCase) return;
  const names = new Map<string, string>();
  for (const id of inputs) {
    const { name } = columns[id];
    const former = names.get(name.toLowerCase());
    if (former !== undefined) {
      throw new ChurnError(
        'unsupported',
        `columns ${JSON.stringify(former)} and ${JSON.stringify(name)}: names of ${title} are case-insensitive; expected a model fitted with other names`,
      );
    }
    names.set(name.toLowerCase(), name);
  }
}
