/** A value that survives `JSON.stringify` and `JSON.parse` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON values, for instance what a transformer has learned. */
export type JsonObject = { readonly [key: string]: Json };
