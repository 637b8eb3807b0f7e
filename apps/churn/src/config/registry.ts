import { join } from 'node:path';
import { z } from 'zod';
import { columnName } from './column-name.js';
import { scorer } from './scorer.js';

const name = z.string().min(1);

/** What a model must show before an alias leads to it. */
const gate = z.strictObject({
  /** What decides; default the first of `crossValidation.scoring`. */
  metric: scorer.optional(),
  /** How much better than the current model it has to be at least; below 0, how much worse it may be. */
  improve: z.number().default(0),
  /** Labelled rows to compare them on; default those that the runs of both held out. */
  data: name.optional(),
  /** Columns of which no value may have it worse by more than `tolerance`; default the `groups` of the report. */
  groups: z.array(columnName).optional(),
  tolerance: z.number().min(0).default(0),
  /** How sure the improvement has to be; without it, the figures themselves decide. */
  confidence: z.number().gt(0).lt(1).optional(),
});

/** Where promoted models are kept, and what they must show. */
export const registry = z
  .strictObject({
    /** Default `registry` in the folder of the output. */
    folder: name.optional(),
    gate: gate.optional(),
    /** Of the models, as their cards tell it; an identifier of Hugging Face. */
    license: name.default('unknown'),
  })
  .prefault({});

type GivenGate = z.infer<typeof gate>;

/** The gate of a configuration. */
export type GateConfig = Omit<GivenGate, 'groups'> & { readonly groups: readonly string[] };

/** The registry, whose gate judges the groups of the report if it has none of its own. */
export function withGateGroups<R extends { readonly gate?: GivenGate | undefined }>(
  { gate, ...others }: R,
  groups: readonly string[],
): Omit<R, 'gate'> & { readonly gate?: GateConfig | undefined } {
  return { ...others, gate: gate && { ...gate, groups: gate.groups ?? groups } };
}

/** What tells where the registry is. */
interface Places {
  readonly registry: Pick<z.infer<typeof registry>, 'folder'>;
  readonly output: { readonly folder: string };
}

/** The folder of the registry. */
export function registryFolder({ registry: { folder }, output }: Places): string {
  return folder ?? join(output.folder, 'registry');
}
