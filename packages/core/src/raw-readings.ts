import type { FittedPart } from './model.js';
import { rawColumns } from './raw-columns.js';
import type { FittedTransformer } from './transformer.js';

/** A fitted pipeline, as far as the reading of its raw columns depends on it. */
interface Steps {
  readonly steps: readonly FittedTransformer[];
  readonly model?: FittedPart | undefined;
  readonly features: readonly string[];
}

/** What a transformer does with columns of its input, by name. */
type Reading<T> = (step: Partial<FittedTransformer>) => Iterable<readonly [column: string, reading: T]>;

/**
 * The raw columns whose text a fitted pipeline reads as dates: in its own steps, or in those of pipelines that its model consists of, such
 * as the members of an ensemble.
 */
export function dateColumns(pipeline: Steps): ReadonlySet<string> {
  const readings = readingsIn(pipeline, ({ dates = [] }) => dates.map((name) => [name, undefined] as const));
  return new Set(readings.map(([name]) => name));
}

/** The levels of raw columns that a fitted pipeline replaces, by column and level; `null` if by a missing value. */
export function replacedLevels(pipeline: Steps): ReadonlyMap<string, ReadonlyMap<string, string | null>> {
  const replaced = new Map<string, Map<string, string | null>>();
  for (const [name, levels] of readingsIn(pipeline, ({ replaces = {} }) => Object.entries(replaces))) {
    replaced.set(name, new Map([...(replaced.get(name) ?? []), ...Object.entries(levels)]));
  }
  return replaced;
}

/** What the steps of a pipeline, and of those within its model, do with raw columns. */
function readingsIn<T>({ steps, model, features }: Steps, of: Reading<T>): (readonly [string, T])[] {
  const stages = [...steps, ...(model ? [model] : [])];
  return stages.flatMap((stage, i) => {
    const readings = readingsOf(stage, of);
    if (readings.length === 0) return [];
    const raw = rawColumns(steps.slice(0, i), features);
    return readings.flatMap(([name, reading]) =>
      (raw.get(name) ?? []).map((from) => [from, reading] as const),
    );
  });
}

/** What a fitted part, and those within it, do with columns of its input. */
function readingsOf<T>(part: FittedPart, of: Reading<T>): readonly (readonly [string, T])[] {
  if ('steps' in part) return readingsIn(part as unknown as Steps, of);
  const inner = Object.values(part).flat().filter(isPart);
  return [...of(part as Partial<FittedTransformer>), ...inner.flatMap((each) => readingsOf(each, of))];
}

function isPart(value: unknown): value is FittedPart {
  return typeof value === 'object' && value !== null && 'role' in value && 'type' in value;
}
