/** Whether JSON carries a value as it is. Fields that are `undefined` are as good as missing. */
export function isPlainJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isPlainJson);
  if (typeof value !== 'object') return false;
  const maker = Object.getPrototypeOf(value);
  // Of another realm too: it is the last in its chain.
  const isPlain = maker === null || Object.getPrototypeOf(maker) === null;
  return isPlain && Object.values(value).every((each) => each === undefined || isPlainJson(each));
}
