import {
  type CategoryColumn,
  type Column,
  eitherOf,
  listOf,
  numberParameter,
  type OptionsOf,
  parameter,
  readOptions,
  required,
  requireParameter,
  requireTable,
  Table,
  textParameter,
  withDefault,
} from '@churn/core';
import { eventTimes } from './event-times.js';
import { type EntityEvents, eventsByEntity } from './events-by-entity.js';

/** A moment in the format of the time column: a number, or an ISO date. */
const moment = eitherOf(numberParameter(), textParameter());

const parameters = {
  /** The column with the entity of each event, of categories or numbers. */
  by: required(textParameter()),
  /** The time column: numbers, or ISO dates, with lengths in days. */
  time: required(textParameter()),
  /** The snapshot moments: numbers, or ISO dates. */
  at: required(listOf(moment)),
  /** The lengths of the windows in which events are counted: numbers above 0, in the unit of the times. Default 30 and 90. */
  windows: withDefault(parameter('a list of one or more distinct numbers above 0', areWindows), [30, 90]),
  /** The gap before the moment in which events are not yet known, at least 0: the time that data takes to arrive. Default 0. */
  gap: withDefault(numberParameter({ from: 0 }), 0),
  /** A column of event kinds, which are counted separately; default a single kind. */
  kind: textParameter(),
  /** Numeric columns to sum in each window. Default none. */
  sums: withDefault(listOf(textParameter()), []),
  /** The kind of event that is the outcome. */
  outcome: textParameter(),
  /** The time until which outcomes are known; default the last time in the table. */
  end: moment,
};

export type SnapshotOptions = OptionsOf<typeof parameters>;

/**
 * Turns a table of events, one per row, into what was known at some moments: one row for each moment and each customer (or other entity
 * in `by`) with an event before it. Events at or after the moment do not enter the features, nor do those in the gap before it.
 *
 * - `count_30` is the number of events in the 30 before the moment (or before the gap), `amount_sum_30` the sum of the column `amount` in
 *   them, in which missing values count as 0; and `recency` is the time since the last event, missing if there was none. With `kind` the
 *   names begin with the kind: `login_count_30`, `login_recency`.
 * - With `outcome`, rows also have what happened after the moment: `duration` until the first event of this kind, or until `end` if there
 *   was none, and `event`, 1 or 0. That is a survival target. Customers who had the outcome before the moment have no row, and its kind
 *   adds no features.
 *
 * ```ts
 * snapshots(events, { by: 'customer', time: 'on', at: ['2024-01-01', '2024-04-01'], kind: 'kind', outcome: 'cancelled' });
 * ```
 *
 * Rows are ordered by moment, then by the first appearance of the customers. Keep the rows of one customer on the same side of a split.
 *
 * @throws `column-name` or `column-kind` if a column is missing or of another kind; `invalid-data`, naming the row, for an event without
 * time or customer, or with text that is not a date; `invalid-parameter`, naming the option.
 */
export function snapshots(events: Table, options: SnapshotOptions): Table {
  const { by, time, at, windows, gap, kind, sums, outcome, end } = readOptions(parameters, options);
  requireTable(events);
  const times = eventTimes(events.column(time), time);
  const kinds = kind === undefined ? undefined : events.category(kind);
  requireParameter(at.length > 0 && new Set(at).size === at.length, 'at', 'one or more distinct moments', at);
  const moments = at.map((each, i) => times.parse(each, `at[${i}]`));
  const awaited = outcomeOf(kinds, outcome);
  const last = end === undefined ? times.last : times.parse(end, 'end');
  const late = awaited === undefined ? -1 : moments.findIndex((each) => each >= last);
  requireParameter(
    late < 0,
    `at[${late}]`,
    `a moment before ${times.text(last)}, the end of what is known`,
    at[late],
  );
  const entities = eventsByEntity(events.column(by), times.values, by);
  const features = featuresOf(events, kinds, awaited, { windows, sums });

  const [rows, ofMoment, outcomes]: [EntityEvents[], number[], Outcome[]] = [[], [], []];
  moments.forEach((now, place) => {
    for (const entity of entities) {
      const isKnown = times.values[entity.rows[0]] < now - gap;
      const what = isKnown ? outcomeFrom(entity, now, last) : undefined;
      if (!what) continue;
      rows.push(entity);
      ofMoment.push(place);
      outcomes.push(what);
    }
  });
  const until = ofMoment.map((place) => moments[place] - gap);
  const whose = events.select([by]).take(rows.map(({ rows: [first] }) => first));
  const when: Column = times.areDates
    ? { kind: 'category', codes: Int32Array.from(ofMoment), levels: at.map(String) }
    : { kind: 'numeric', values: Float64Array.from(ofMoment, (place) => moments[place]) };
  return Table.fromColumns(
    [
      [by, whose.column(by)],
      [time, when],
      ...features.map(({ name, of }): [string, Float64Array] => [
        name,
        Float64Array.from(rows, (entity, i) => of(entity.rows, times.values, until[i], moments[ofMoment[i]])),
      ]),
      ...(awaited === undefined
        ? []
        : ([
            ['duration', Float64Array.from(outcomes, ({ duration }) => duration)],
            ['event', Float64Array.from(outcomes, ({ event }) => event)],
          ] as const)),
    ],
    rows.length,
  );

  /** What happens to a customer from a moment on; `undefined` if the outcome was earlier. */
  function outcomeFrom({ rows: own }: EntityEvents, now: number, known: number): Outcome | undefined {
    const first = own.find((row) => awaited !== undefined && kinds?.codes[row] === awaited);
    const received = first === undefined ? Infinity : times.values[first];
    if (received < now) return undefined;
    return received <= known ? { duration: received - now, event: 1 } : { duration: known - now, event: 0 };
  }
}

interface Outcome {
  readonly duration: number;
  readonly event: number;
}

/** A column of the result, computed from the events of one customer in the order of time. */
interface Feature {
  readonly name: string;
  /** @param the time before which events are known. */
  of(rows: readonly number[], times: Float64Array, until: number, now: number): number;
}

function featuresOf(
  events: Table,
  kinds: CategoryColumn | undefined,
  awaited: number | undefined,
  { windows, sums }: { readonly windows: readonly number[]; readonly sums: readonly string[] },
): Feature[] {
  const added = sums.map((name) => ({ name, values: events.numeric(name) }));
  const codes = kinds ? Array.from(kinds.levels.keys()).filter((code) => code !== awaited) : [undefined];
  return codes.flatMap((code) => {
    const prefix = code === undefined ? '' : `${kinds?.levels[code]}_`;
    const isOne = (row: number) => code === undefined || kinds?.codes[row] === code;
    const total =
      (window: number, values: (row: number) => number): Feature['of'] =>
      (rows, times, until) =>
        rows.reduce((sum, row) => {
          const isInside = times[row] < until && times[row] >= until - window && isOne(row);
          return isInside ? sum + values(row) : sum;
        }, 0);
    return [
      ...windows.map((window) => ({ name: `${prefix}count_${window}`, of: total(window, () => 1) })),
      ...added.flatMap(({ name, values }) =>
        windows.map((window) => ({
          name: `${prefix}${name}_sum_${window}`,
          of: total(window, (row) => (Number.isNaN(values[row]) ? 0 : values[row])),
        })),
      ),
      {
        name: `${prefix}recency`,
        of(rows, times, until, now) {
          const latest = rows.filter((row) => times[row] < until && isOne(row)).pop();
          return latest === undefined ? NaN : now - times[latest];
        },
      } satisfies Feature,
    ];
  });
}

/** The code of the outcome kind. */
function outcomeOf(kinds: CategoryColumn | undefined, outcome: string | undefined): number | undefined {
  if (outcome === undefined) return undefined;
  requireParameter(kinds !== undefined, 'outcome', 'none, since there is no column of kinds', outcome);
  const code = kinds?.levels.indexOf(outcome) ?? -1;
  requireParameter(code >= 0, 'outcome', `one of ${kinds?.levels.slice(0, 10).join(', ')}`, outcome);
  return code;
}

function areWindows(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size < value.length) return false;
  return value.every((each) => typeof each === 'number' && each > 0 && each < Infinity);
}
