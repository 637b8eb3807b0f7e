import type { DatasetSchema } from '@churn/io';

/** The columns in which new rows are compared with training rows: all except dates, which always change. */
export function comparedColumns(schema: DatasetSchema): string[] {
  return schema.filter(({ kind }) => kind !== 'date').map(({ name }) => name);
}

/** The columns in which they are not compared. */
export function dateColumnsOf(schema: DatasetSchema): string[] {
  return schema.filter(({ kind }) => kind === 'date').map(({ name }) => name);
}
