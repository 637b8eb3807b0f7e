import { ChurnError } from '../error.js';
import { StateReader } from '../state-reader.js';

/** One clause of the contract, checked by `run`, which throws if it is violated. */
export interface ConformanceCheck {
  readonly name: string;
  run(): void;
}

/** A state after a round trip through a model file. */
export function throughJson(type: string, state: unknown): StateReader {
  return new StateReader(type, JSON.parse(JSON.stringify(state)));
}

/** Fails unless the values are equal. */
export function same<T extends string | number | boolean>(received: T, expected: T, what: string): void {
  if (received !== expected)
    throw new Error(`${what} differs:\n  expected ${expected}\n  got      ${received}`);
}

/** Fails unless the action throws a `ChurnError` with this code and this text in its message. */
export function refuses(action: () => unknown, code?: ChurnError['code'], mention = ''): void {
  try {
    action();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    if (code) same(error.code, code, 'the error code');
    if (!error.message.includes(mention))
      throw new Error(`the message does not name ${mention}: ${error.message}`);
    return;
  }
  throw new Error('expected an error, but none was thrown');
}

/** Fails if the action throws anything but a `ChurnError`. */
export function worksOrRefuses(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
  }
}
