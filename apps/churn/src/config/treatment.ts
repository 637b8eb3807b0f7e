import type { DatasetSchema } from '@churn/io';
import { z } from 'zod';
import { columnName } from './column-name.js';

/** The treatment: a column with two levels, one of which is that of the control group. */
export const treatment = z.strictObject({
  column: columnName,
  // YAML reads 0 as a number and false as a boolean; in data files they are text.
  control: z.union([z.string().min(1), z.number(), z.boolean()]).transform(String),
});

export type TreatmentConfig = z.infer<typeof treatment>;

/** The other keys of a configuration that mention the treatment column. */
interface Treated {
  readonly data: {
    readonly target: string;
    readonly treatment?: TreatmentConfig | undefined;
    readonly columns?: DatasetSchema | undefined;
  };
  readonly processing: { readonly dates?: { readonly columns: readonly string[] } | undefined };
}

/** The errors of a treatment, with their paths. */
export function treatmentFaults({ data, processing }: Treated): { path: string[]; message: string }[] {
  const { target, treatment: given, columns = [] } = data;
  if (!given) return [];
  const { column } = given;
  const named = JSON.stringify(column);
  if (column === target) {
    return [
      {
        path: ['data', 'treatment', 'column'],
        message: `expected another column than data.target, got ${named}`,
      },
    ];
  }
  if (processing.dates?.columns.includes(column)) {
    return [
      {
        path: ['processing', 'dates', 'columns'],
        message: `expected columns without ${named}, which is the treatment and cannot be a feature`,
      },
    ];
  }
  const kind = columns.find(({ name }) => name === column)?.kind ?? 'category';
  if (kind === 'category') return [];
  return [
    {
      path: ['data', 'columns', column, 'kind'],
      message: `expected category, since it is the treatment, got ${kind}`,
    },
  ];
}
