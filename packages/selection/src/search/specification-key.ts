import { requireVisibleParameters } from './hidden-parameters.js';

/** Tells classes and functions apart, of which equal text proves nothing. */
export type FunctionKey = (each: (...args: never[]) => unknown, role: 'class' | 'function') => string;

/**
 * A text that two specifications share if they are of one class and have the same parameters: all fields that can be seen.
 * @throws `invalid-parameter` if one hides parameters; see `requireVisibleParameters`.
 */
export function specificationKey(value: unknown, keyOf: FunctionKey): string {
  const key = (each: unknown): string => specificationKey(each, keyOf);
  if (typeof value === 'function') return keyOf(value as () => unknown, 'function');
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `[${value.map(key).join()}]`;
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name}[${Array.from(value as Uint8Array).join()}]`;
  if (value instanceof Map || value instanceof Set) return `${value.constructor.name}${key([...value])}`;
  if (value instanceof Date || value instanceof RegExp)
    return `${value.constructor.name}(${+value || value})`;
  if (typeof (value as { readonly fit?: unknown }).fit === 'function') requireVisibleParameters(value);
  const fields = Reflect.ownKeys(value)
    .filter((name) => !isDisplay(name))
    .map((name) => `${JSON.stringify(String(name))}:${key((value as Record<PropertyKey, unknown>)[name])}`)
    .sort();
  const maker = Object.getPrototypeOf(value)?.constructor;
  const name = typeof maker === 'function' && maker !== Object ? keyOf(maker, 'class') : '';
  return `${name}{${fields.join()}}`;
}

/** What consoles and notebooks ask an object for, by symbols that all share: no parameter. */
function isDisplay(name: PropertyKey): boolean {
  return typeof name === 'symbol' && /inspect|display/i.test(Symbol.keyFor(name) ?? '');
}

/** Keys that hold within this run: classes and functions by their identity. */
export function identityKeys(): FunctionKey {
  const numbers = new Map<unknown, number>();
  return (each) => {
    const number = numbers.get(each) ?? numbers.size;
    numbers.set(each, number);
    return `#${number}`;
  };
}
