import { isNumber, type JsonObject, StateReader } from '@churn/core';

/** A change of an alias: the model that it points to from then on, and the reason. */
export interface AliasEntry {
  readonly action: 'promote' | 'rollback';
  /** The ID of the model's run. */
  readonly run: string;
  /** The name of the model in its run. */
  readonly model: string;
  /** The hash of the model file, under which the registry stores it. */
  readonly sha256: string;
  /** The hash of the model, as in `/v1/model`; absent in entries of earlier versions. */
  readonly hash?: string;
  /** The metrics on the run's test rows, by scorer. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly who: string;
  /** ISO 8601, in UTC. */
  readonly when: string;
  readonly why: string | null;
  /** The result of the gate; `null` without a gate. */
  readonly gate: JsonObject | null;
  /** The number of the previous entry; `null` for the first. */
  readonly replaces: number | null;
  /** For a rollback, the number of the promotion that it restores; otherwise `null`. */
  readonly restores: number | null;
}

/** An entry with its number. */
export interface NumberedEntry extends AliasEntry {
  readonly number: number;
}

const FORMAT = 1;

export function formatEntry(entry: AliasEntry): string {
  return `${JSON.stringify({ format: FORMAT, ...entry }, null, 2)}\n`;
}

/**
 * Parses the result of `formatEntry`.
 * @param file the name of the file, for messages.
 * @throws `model-file` if the entry is invalid or from a later version.
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

/** A run ID, which is the name of a folder, never a path. */
function runOf(entry: StateReader): string {
  const run = entry.string('run');
  entry.expect(/^\w[\w.-]*$/.test(run), 'run', 'the ID of a run');
  return run;
}
