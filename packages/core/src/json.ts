/** A value that survives `JSON.stringify` and `JSON.parse` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON values, for instance what a transformer has learned. */
export type JsonObject = { readonly [key: string]: Json };

/** How deep the lists and objects of a model file may be nested: a part within a part takes two levels. */
export const MOST_LEVELS = 100;

/** Whether lists and objects are nested deeper than those of a model file may be: what is cannot be read by recursion. */
export function nestsTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => nestsTooDeep(inner, levels - 1));
}
