import type { Restorable } from '@churn/core';
import { ENTRIES } from './entries';

/** All classes that a model file can name, of the builds of all packages. */
export function restorables(): Restorable[] {
  const exported = ENTRIES.flatMap(({ file }) => Object.values(require(file.replace(/\.js$/, '.cjs'))));
  return [...new Set(exported.filter(isRestorable))];
}

function isRestorable(value: unknown): value is Restorable {
  return (
    typeof value === 'function' && 'type' in value && typeof value.type === 'string' && 'restore' in value
  );
}
