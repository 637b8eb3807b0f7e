import type { FittedPart } from './model.js';
import { rawColumns } from './raw-columns.js';
import type { FittedTransformer } from './transformer.js';

/** A fitted pipeline, as far as its date columns depend on it. */
interface Steps {
  readonly steps: readonly FittedTransformer[];
  readonly model?: FittedPart | undefined;
  readonly features: readonly string[];
}

/**
 * The raw columns whose text a fitted pipeline reads as dates: in its own steps, or in those of pipelines that its model consists of, such
 * as the members of an ensemble.
 */
export function dateColumns({ steps, model, features }: Steps): ReadonlySet<string> {
  const stages = [...steps, ...(model ? [model] : [])];
  return new Set(
    stages.flatMap((stage, i) => {
      const dates = datesOf(stage);
      if (dates.length === 0) return [];
      const raw = rawColumns(steps.slice(0, i), features);
      return dates.flatMap((name) => raw.get(name) ?? []);
    }),
  );
}

/** The columns of its input whose text a fitted part reads as dates. */
function datesOf(part: FittedPart): readonly string[] {
  if ('steps' in part) return [...dateColumns(part as unknown as Steps)];
  const { dates = [] } = part as Partial<FittedTransformer>;
  return [...dates, ...Object.values(part).flat().filter(isPart).flatMap(datesOf)];
}

function isPart(value: unknown): value is FittedPart {
  return typeof value === 'object' && value !== null && 'role' in value && 'type' in value;
}
