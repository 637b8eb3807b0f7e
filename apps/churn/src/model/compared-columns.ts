import type { DatasetSchema } from '@churn/io';

/** The columns by which later rows are compared with those of training: all but dates, which move on by themselves. */
export function comparedColumns(schema: DatasetSchema): string[] {
  return schema.filter(({ kind }) => kind !== 'date').map(({ name }) => name);
}
