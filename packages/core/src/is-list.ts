/** Whether a value is an array or a typed array, or has their length and places. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return (
    typeof value === 'object' && value !== null && Number.isInteger((value as ArrayLike<unknown>).length)
  );
}
