import type { DatasetSchema } from '@churn/io';
import { z } from 'zod';
import { columnName } from './column-name.js';

/** How a file tells who was treated: a column of two levels, one of which is that of the rows that were left alone. */
export const treatment = z.strictObject({
  column: columnName,
  // YAML reads a bare 0 as a number and a bare false as a boolean; in the file they are text.
  control: z.union([z.string().min(1), z.number(), z.boolean()]).transform(String),
});

export type TreatmentConfig = z.infer<typeof treatment>;

/** What a configuration says of the column of the treatment besides. */
interface Treated {
  readonly data: {
    readonly target: string;
    readonly treatment?: TreatmentConfig | undefined;
    readonly columns?: DatasetSchema | undefined;
  };
  readonly processing: { readonly dates?: { readonly columns: readonly string[] } | undefined };
}

/** What does not go with a treatment, by the path of the field. */
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
        message: `expected no ${named}, which is the treatment and cannot be a feature`,
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
