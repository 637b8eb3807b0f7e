import { isNumber, type JsonObject, StateReader } from '@churn/core';

/** One turn of an alias: the model that it leads to from then on, and how that came about. */
export interface AliasEntry {
  readonly action: 'promote' | 'rollback';
  /** The ID of the run that made the model. */
  readonly run: string;
  /** The name of the model in its run. */
  readonly model: string;
  /** Of the model file, which the registry keeps by it. */
  readonly sha256: string;
  /** Of the model, as `/v1/model` tells it; absent of entries of earlier versions. */
  readonly hash?: string;
  /** On the rows that the run held out, by the name of the scorer. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly who: string;
  /** ISO 8601, in UTC. */
  readonly when: string;
  readonly why: string | null;
  /** What the gate found; `null` if there was none. */
  readonly gate: JsonObject | null;
  /** The number of the entry that was current before; `null` of the first. */
  readonly replaces: number | null;
  /** Of a rollback, the number of the promotion that it goes back to; else `null`. */
  readonly restores: number | null;
}

/** An entry and its number. */
export interface NumberedEntry extends AliasEntry {
  readonly number: number;
}

const FORMAT = 1;

export function formatEntry(entry: AliasEntry): string {
  return `${JSON.stringify({ format: FORMAT, ...entry }, null, 2)}\n`;
}

/**
 * Reads what `formatEntry` wrote.
 * @param file where it stands, for messages.
 * @throws `model-file` if something else stands there, or what a later version wrote.
 */
export function parseEntry(value: unknown, file: string): AliasEntry {
  const entry = new StateReader(file, value);
  entry.expect(
    entry.integer('format') === FORMAT,
    'format',
    '1; later formats need a later version of churn',
  );
  const text = entry.string('sha256');
  entry.expect(/^[0-9a-f]{64}$/.test(text), 'sha256', '64 hexadecimal digits');
  const hash = entry.has('hash') ? entry.string('hash') : undefined;
  const optional = (key: string) => (entry.get(key) === null ? null : entry.integer(key, { from: 1 }));
  return {
    action: entry.oneOf('action', ['promote', 'rollback']),
    run: runOf(entry),
    model: entry.string('model'),
    sha256: text,
    ...(hash !== undefined && { hash }),
    metrics: entry.record('metrics', isNumber),
    who: entry.string('who'),
    when: entry.string('when'),
    why: entry.get('why') === null ? null : entry.string('why'),
    gate: entry.get('gate') as JsonObject | null,
    replaces: optional('replaces'),
    restores: optional('restores'),
  };
}

/** An ID, which is the name of a folder and no path. */
function runOf(entry: StateReader): string {
  const run = entry.string('run');
  entry.expect(/^\w[\w.-]*$/.test(run), 'run', 'the ID of a run');
  return run;
}
