import { ChurnError } from '@churn/core';

/**
 * Checks that an engine is a class with these methods, as the library that it should come from has it.
 * @throws `invalid-parameter`, naming the engine and where to get it.
 */
export function requireEngine(engine: unknown, methods: readonly string[], expected: string): void {
  const prototype: unknown = typeof engine === 'function' ? engine.prototype : undefined;
  const isEngine =
    typeof prototype === 'object' && prototype !== null && methods.every((method) => method in prototype);
  if (isEngine) return;
  const came = engine instanceof Promise ? 'a promise' : typeof engine;
  throw new ChurnError('invalid-parameter', `engine: expected ${expected}, got ${came}`);
}
