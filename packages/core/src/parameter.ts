import { ChurnError } from './error.js';
import { didYouMean } from './similar-name.js';

/**
 * Rejects an invalid parameter.
 * @param choices the names that it may be, to suggest the one that was meant.
 * @throws `invalid-parameter`, naming the parameter, what was expected and what was received.
 */
export function requireParameter(
  isValid: boolean,
  name: string,
  expected: string,
  received: unknown,
  choices: readonly string[] = [],
): void {
  if (isValid) return;
  throw new ChurnError(
    'invalid-parameter',
    `${name}: expected ${expected}, got ${shown(received).slice(0, 80)}${didYouMean(received, choices)}`,
  );
}

/** The name of a class or function; bundlers rename some, with a leading `_`. */
export function shownName(received: object): string {
  const { name, type } = received as { readonly name: string; readonly type?: unknown };
  return typeof type === 'string' ? type : name.replace(/^_/, '');
}

function shown(received: unknown): string {
  if (typeof received === 'number' || typeof received === 'bigint') return String(received);
  if (typeof received === 'function')
    return received.name ? `the function or class ${shownName(received)}` : 'a function';
  if (received instanceof Promise) return 'a promise; await it';
  try {
    return (
      JSON.stringify(received, (_, value) => (typeof value === 'function' ? shown(value) : value)) ??
      String(received)
    );
  } catch {
    // It is circular, or contains a bigint.
    return Object.prototype.toString.call(received);
  }
}
