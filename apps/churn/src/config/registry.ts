import { join } from 'node:path';
import { z } from 'zod';
import { columnName } from './column-name.js';
import { scorer } from './scorer.js';

const name = z.string().min(1);

/** The requirements before an alias points to a model. */
const gate = z.strictObject({
  /** The metric that decides; by default the first of `crossValidation.scoring`. */
  metric: scorer.optional(),
  /** The minimum improvement over the current model; if negative, how much worse the model may be. */
  improve: z.number().default(0),
  /** Labelled rows to compare on; by default those held out by both runs. */
  data: name.optional(),
  /** Columns none of whose groups may get worse by more than `tolerance`; by default the `groups` of the report. */
  groups: z.array(columnName).optional(),
  tolerance: z.number().min(0).default(0),
  /** The required confidence in the improvement; without it, the estimate decides. */
  confidence: z.number().gt(0).lt(1).optional(),
});

/** The registry of promoted models. */
export const registry = z
  .strictObject({
    /** By default `registry` in the output folder. */
    folder: name.optional(),
    gate: gate.optional(),
    /** The licence of the models, for their cards; an identifier of Hugging Face. */
    license: name.default('unknown'),
  })
  .prefault({});

type GivenGate = z.infer<typeof gate>;

/** The gate of a configuration. */
export type GateConfig = Omit<GivenGate, 'groups'> & { readonly groups: readonly string[] };

/** The registry, whose gate defaults to the groups of the report. */
export function withGateGroups<R extends { readonly gate?: GivenGate | undefined }>(
  { gate, ...others }: R,
  groups: readonly string[],
): Omit<R, 'gate'> & { readonly gate?: GateConfig | undefined } {
  return { ...others, gate: gate && { ...gate, groups: gate.groups ?? groups } };
}

/** The parts of a configuration that determine the registry's folder. */
interface Places {
  readonly registry: Pick<z.infer<typeof registry>, 'folder'>;
  readonly output: { readonly folder: string };
}

/** The folder of the registry. */
export function registryFolder({ registry: { folder }, output }: Places): string {
  return folder ?? join(output.folder, 'registry');
}
