/** A value that survives `JSON.stringify` and `JSON.parse` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON values, such as the state of a transformer. */
export type JsonObject = { readonly [key: string]: Json };

/** The maximum nesting depth of lists and objects in a model file: a part within a part takes two levels. */
export const MAX_LEVELS = 100;

/** Whether lists and objects are nested too deeply for a model file; such values cannot be read by recursion. */
export function nestsTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => nestsTooDeep(inner, levels - 1));
}
