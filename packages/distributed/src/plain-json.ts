/** Whether JSON preserves a value exactly. Fields that are `undefined` count as missing. */
export function isPlainJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isPlainJson);
  if (typeof value !== 'object') return false;
  const maker = Object.getPrototypeOf(value);
  // An object of another realm has another prototype, but it too ends the chain.
  const isPlain = maker === null || Object.getPrototypeOf(maker) === null;
  return isPlain && Object.values(value).every((each) => each === undefined || isPlainJson(each));
}
