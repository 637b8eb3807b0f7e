/** Whether a value is array-like: an array, a typed array, or an object with a length and indices. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return (
    typeof value === 'object' && value !== null && Number.isInteger((value as ArrayLike<unknown>).length)
  );
}
