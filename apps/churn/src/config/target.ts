import { z } from 'zod';
import { columnName } from './column-name.js';
import { horizon } from './horizon.js';
import { issueText } from './issue-text.js';
import { jsonSchemaOf, writtenAs } from './written-as.js';

/** The task: to predict a class, a value, or the time until an event. */
export type TaskName = 'classes' | 'value' | 'survival';

/** The columns and horizons of a duration target, besides the durations themselves. */
export interface DurationsConfig {
  /** The column that says whether the event ended the duration. */
  readonly event: string;
  /** The column with the time at which each row entered observation; without it, 0. */
  readonly entry?: string | undefined;
  /** The column with the time that rows to score have been observed; without it, 0. */
  readonly elapsed?: string | undefined;
  /** The horizons: times from now, ascending, within which the event is predicted. */
  readonly horizons: readonly number[];
  /** The name of the unit of time. */
  readonly unit?: string | undefined;
}

/** The target and the task. */
interface TargetOf {
  readonly column: string;
  readonly task: TaskName;
  readonly durations?: DurationsConfig;
}

const value = z
  .strictObject({ value: columnName })
  .transform((given): TargetOf => ({ column: given.value, task: 'value' }));

const durations = z
  .strictObject({
    duration: columnName,
    event: columnName,
    entry: columnName.optional(),
    elapsed: columnName.optional(),
    horizon: horizon.optional(),
    horizons: z.array(horizon).min(1).optional(),
  })
  .transform(({ duration, horizon: one, horizons: several, ...columns }, context): TargetOf => {
    const given = several ?? (one ? [one] : []);
    const refuse = (message: string, path: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    if ((one === undefined) === (several === undefined))
      refuse('expected the time within which to predict the event, or a list of horizons', 'horizon');
    const [first] = given;
    const other = given.find(({ unit }) => unit !== first.unit);
    if (other)
      refuse(
        `expected the same unit for all horizons, got ${first.unit ?? 'none'} and ${other.unit ?? 'none'}`,
        'horizons',
      );
    const names = [duration, columns.event, ...(columns.entry ? [columns.entry] : [])];
    const repeated = names.find((name, i) => names.indexOf(name) < i);
    if (repeated !== undefined)
      refuse(`expected a column each, got ${JSON.stringify(repeated)} twice`, 'event');
    const horizons = [...new Set(given.map(({ time }) => time))].sort((a, b) => a - b);
    const unit = first?.unit;
    return { column: duration, task: 'survival', durations: { ...columns, horizons, unit } };
  });

const read = z.unknown().transform((given, context): TargetOf => {
  if (given === undefined || typeof given === 'string') {
    const name = columnName.safeParse(given, { error: issueText });
    for (const { message } of name.error?.issues ?? []) context.addIssue(message);
    return { column: name.data ?? '', task: 'classes' };
  }
  const kind = kindOf(given);
  if (!kind) {
    context.addIssue(
      'expected the name of a column, { value: column } for a numeric column, or { duration: column, event: column, horizon: 90 days } ' +
        `for times to an event, got ${JSON.stringify(given)}`,
    );
    return z.NEVER;
  }
  const found = kind.safeParse(given, { error: issueText });
  for (const { message, path } of found.error?.issues ?? []) {
    context.addIssue({ code: 'custom', message, path: [...path] });
  }
  return found.data ?? z.NEVER;
});

/** The target: a column of classes by its name, a numeric one as `{ value: column }`, or durations as `{ duration, event, horizon }`. */
export const target = writtenAs(read, () => ({
  anyOf: [columnName, value, durations].map(jsonSchemaOf),
}));

function kindOf(given: unknown) {
  if (typeof given !== 'object' || given === null) return undefined;
  if ('value' in given) return value;
  return 'duration' in given || 'event' in given ? durations : undefined;
}
