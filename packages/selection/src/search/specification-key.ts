/** Tells classes and functions apart, of which equal text proves nothing. */
export type FunctionKey = (each: (...args: never[]) => unknown, role: 'class' | 'function') => string;

/**
 * A text that two specifications share if they are of one class and have the same parameters: by the convention of this
 * project these are public fields, and callbacks that do not change a result are private ones.
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
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${key(each)}`);
  const maker = Object.getPrototypeOf(value)?.constructor;
  const name = typeof maker === 'function' && maker !== Object ? keyOf(maker, 'class') : '';
  return `${name}{${fields.join()}}`;
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
