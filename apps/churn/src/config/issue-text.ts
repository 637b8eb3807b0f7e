import { didYouMean, similarName } from '@churn/core';
import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue | z.core.$ZodIssue;

/** The names of types, for users. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with a value each',
  record: 'names with a value each',
};
/** The maximum number of characters shown of a value. */
const MAX_SHOWN = 60;

/** The message for a value that the schema rejects, instead of zod's; `undefined` if the schema has its own. */
export function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.inst as z.ZodObject | z.ZodRecord<z.ZodEnum> | undefined);
    return issue.keys.map((key) => unknownKey(key, known)).join(', and ');
  }
  if (issue.code === 'invalid_key') return issue.issues[0]?.message;
  const inner = issue.code === 'invalid_union' ? faultInside(issue.errors) : undefined;
  if (inner) return `${inner.path.join('.')}: ${inner.message}`;
  const expected = expectation(issue);
  if (expected === undefined) return undefined;
  return `expected ${expected}, got ${shown(issue.input)}${didYouMean(issue.input, namesIn(issue))}`;
}

/** The names among the values that were expected. */
function namesIn(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.filter((value) => typeof value === 'string');
  if (issue.code !== 'invalid_union') return [];
  return issue.errors.flatMap(([first]) => (first ? namesIn(first) : []));
}

function knownKeys(schema: z.ZodObject | z.ZodRecord<z.ZodEnum> | undefined): string[] {
  if (schema === undefined) return [];
  return 'shape' in schema ? Object.keys(schema.shape) : schema.keyType.options.map(String);
}

/** The message for an unknown key. */
export function unknownKey(key: string, known: readonly string[]): string {
  const meant = similarName(key, known);
  const unknown = `unknown key ${shown(key)}`;
  return meant === undefined
    ? `${unknown}, expected one of ${known.join(', ')}`
    : `${unknown}; did you mean ${shown(meant)}?`;
}

/** The error inside the alternative that was meant: the one whose type matches. */
function faultInside(errors: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | undefined {
  return errors.flatMap(([first]) => (first && first.path.length > 0 ? [first] : []))[0];
}

function expectation(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`;
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), issue.inclusive ? 'of at least' : 'above');
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), issue.inclusive ? 'of at most' : 'below');
    case 'invalid_format':
      return `text that matches ${issue.pattern ?? issue.format}`;
    case 'invalid_union':
      return [...new Set(issue.errors.map(([first]) => first && expectation(first)))].join(' or ');
    default:
      return undefined;
  }
}

function bound(origin: string, limit: number, side: string): string {
  if (origin === 'string') return limit === 1 ? 'text that is not empty' : `text ${side} ${limit} characters`;
  if (origin === 'array') return limit === 1 ? 'a list that is not empty' : `a list ${side} ${limit}`;
  return `${origin === 'int' ? 'an integer' : 'a number'} ${side} ${limit}`;
}

export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
