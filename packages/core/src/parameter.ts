import { ChurnError } from './error.js';

/**
 * Refuses a parameter that is not what it must be.
 * @throws `invalid-parameter`, naming the parameter, what was expected and what came.
 */
export function requireParameter(isValid: boolean, name: string, expected: string, received: unknown): void {
  if (isValid) return;
  throw new ChurnError('invalid-parameter', `${name}: expected ${expected}, got ${shown(received).slice(0, 80)}`);
}

/** What a class or function is called: bundlers rename some, which then begin with `_`. */
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
      JSON.stringify(received, (_, value) => (typeof value === 'function' ? shown(value) : value)) ?? String(received)
    );
  } catch {
    // It holds itself, or a bigint.
    return Object.prototype.toString.call(received);
  }
}
