import { ChurnError, didYouMean } from '@churn/core';
import { SQL_DIALECTS, type SqlDialectName, toSql } from '@churn/exchange';
import type { ExportTarget } from './export-target.js';
import { loweredModel } from './lowered-model.js';

/** A view, or without `--view` a query, that scores the rows of a table inside the database. */
export const sql: ExportTarget = {
  name: 'sql',
  title: 'SQL',
  options: ['dialect', 'from', 'view'],
  write(model, { dialect, from, view }) {
    const { predicts, hash, schema, missingValues = [] } = model;
    if (!isDialect(dialect)) {
      throw new ChurnError(
        'invalid-parameter',
        `--dialect: expected one of ${SQL_DIALECTS.join(', ')}, got ${dialect ?? 'none'}${didYouMean(dialect, SQL_DIALECTS)}`,
      );
    }
    const missing = new Map(
      schema.map((column): [string, readonly string[]] => [
        column.name,
        // As an empty field of a file is a missing value.
        [...(column.kind === 'numeric' ? [] : ['']), ...missingValues, ...(column.missing ?? [])],
      ]),
    );
    const content = toSql(loweredModel(model), { dialect, from, view, predicts, hash, missing });
    return [{ content }];
  },
};

function isDialect(name: string | undefined): name is SqlDialectName {
  return SQL_DIALECTS.some((each) => each === name);
}
