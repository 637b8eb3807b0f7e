import { z } from 'zod';
import { issueText } from './issue-text.js';
import { jsonSchemaOf, writtenAs } from './written-as.js';

/** A replacement for `z.record`, which drops the name `__proto__`. */
export function byName<T extends z.ZodType>(key: z.ZodString, value: T) {
  const schema = z
    .custom<Record<string, unknown>>(isObject, 'expected names with a value each')
    .transform((given, context) => {
      const entries = Object.entries(given).map(([field, each]) => {
        const { data, error } = value.safeParse(each, { error: issueText });
        const issues = [
          ...(key.safeParse(field, { error: issueText }).error?.issues ?? []),
          ...(error?.issues ?? []),
        ];
        for (const { message, path } of issues) {
          context.addIssue({ code: 'custom', message, path: [field, ...path] });
        }
        return [field, data as z.output<T>] as const;
      });
      // Not by assignment, which would set the prototype.
      return Object.fromEntries(entries);
    });
  return writtenAs(schema, () => ({ type: 'object', additionalProperties: jsonSchemaOf(value) }));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
