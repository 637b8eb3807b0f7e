import { similarName } from '@churn/core';
import { type GroupThresholdRule, PARITIES } from '@churn/selection';
import { z } from 'zod';
import { isObject } from './by-name.js';
import { columnName } from './column-name.js';
import { costs } from './costs.js';
import { economics } from './economics.js';
import { unknownKey } from './issue-text.js';

const share = z.number().min(0).max(1);

const byGroup = {
  /** The column whose groups have separate thresholds. */
  by: columnName.optional(),
  /** The criterion that all groups share; without it, the rule is applied in each group separately. */
  parity: z.enum(PARITIES).optional(),
};

/** The rules, in the order of the schema below. */
const RULES = ['maximise', 'costs', 'profit', 'minPrecision', 'minRecall', 'capacity'] as const;

/** The error in the named rule, or in its name; `undefined` if there is no rule, or more than one. */
function ruleFault(
  input: unknown,
  errors: readonly (readonly z.core.$ZodIssue[])[] | undefined,
): string | undefined {
  if (!isObject(input)) return undefined;
  const named = RULES.filter((rule) => rule in input);
  if (named.length === 1) {
    const [fault] = errors?.[RULES.indexOf(named[0])] ?? [];
    return fault && [fault.path.join('.'), fault.message].filter((part) => part !== '').join(': ');
  }
  const known = [...RULES, ...Object.keys(byGroup)];
  const misspelt = Object.keys(input).find((key) => !known.includes(key) && similarName(key, known));
  return named.length === 0 && misspelt !== undefined ? unknownKey(misspelt, known) : undefined;
}

/** The rule that chooses the threshold, or those of the groups of a column. */
export const threshold = z
  .union(
    [
      z.strictObject({ maximise: z.enum(['f1', 'youden']), ...byGroup }),
      z.strictObject({ costs, ...byGroup }),
      z.strictObject({ profit: economics, ...byGroup }),
      z.strictObject({ minPrecision: share, ...byGroup }),
      z.strictObject({ minRecall: share, ...byGroup }),
      z.strictObject({ capacity: z.number().min(0), ...byGroup }),
    ],
    {
      error: ({ input, errors }) =>
        ruleFault(input, errors) ??
        'expected one rule: maximise (f1 or youden), costs (with falsePositive and falseNegative), profit (with value and acceptance), minPrecision, minRecall or capacity; ' +
          `in addition, by may name a column of groups, and parity the rate to equalise (${PARITIES.join(' or ')})`,
    },
  )
  .superRefine((rule, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const ofAll = 'profit' in rule ? 'profit' : 'capacity' in rule ? 'capacity' : undefined;
    if (rule.by !== undefined && ofAll)
      refuse('by', `expected none with ${ofAll}, which applies to all rows together`);
    if (rule.by === undefined && rule.parity !== undefined) {
      refuse('parity', 'expected by as well, the column of the groups');
    }
  });

export type ThresholdConfig = z.infer<typeof threshold>;

/** The rule for thresholds by group; `undefined` if there are none. */
export function groupRule(given: ThresholdConfig | undefined) {
  if (given?.by === undefined) return undefined;
  const { by, parity = null, ...rule } = given;
  // The schema has rejected the others.
  return { by, parity, rule: rule as GroupThresholdRule };
}

/** The parts of a configuration that determine thresholds by group. */
interface Configured {
  readonly threshold?: ThresholdConfig | undefined;
  readonly groups: readonly string[];
  readonly data: { readonly target: string };
}

/** The errors of thresholds by group, with their paths. */
export function thresholdFaults({ threshold: given, data: { target } }: Configured) {
  if (given?.by !== target) return [];
  return [
    {
      path: ['threshold', 'by'],
      message: `expected another column than the target, got ${JSON.stringify(target)}`,
    },
  ];
}

/** The columns that the report groups by, including that of the thresholds. */
export function withThresholdGroups({
  groups,
  threshold: given,
}: Pick<Configured, 'groups' | 'threshold'>): string[] {
  return [...new Set([...groups, ...(given?.by === undefined ? [] : [given.by])])];
}
