import type { Json, JsonObject } from '@churn/core';

/**
 * The settings of a configuration as text, by path such as `data.columns.age.min`. Objects in a list are keyed by their name; other lists
 * are a single setting.
 */
export function flatSettings(config: JsonObject): Map<string, string> {
  const settings = new Map<string, string>();
  const visit = (path: string, value: Json) => {
    const fields = fieldsOf(value);
    if (!fields) settings.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    else for (const [name, field] of fields) visit(path === '' ? name : `${path}.${name}`, field);
  };
  visit('', config);
  return settings;
}

/** The fields of a value, by name; `undefined` if it is a setting as a whole. */
function fieldsOf(value: Json): [string, Json][] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    const fields = Object.entries(value);
    return fields.length > 0 ? fields : undefined;
  }
  const named = value.map((item): [string, Json] | undefined => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
    const { name, ...rest } = item;
    return typeof name === 'string' ? [name, rest] : undefined;
  });
  const items = named.filter((item) => item !== undefined);
  return items.length > 0 && items.length === value.length ? items : undefined;
}
