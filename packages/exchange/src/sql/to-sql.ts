import { ChurnError } from '@churn/core';
import type { Program } from '../program/program.js';
import { checkLimits } from './check-limits.js';
import { writeHeader } from './header.js';
import { type OutputNames, outputColumnsSql } from './output-sql.js';
import { queryColumns } from './query-columns.js';
import { dialectOf, SQL_DIALECTS, type SqlDialectName } from './sql-dialects.js';
import { requireDistinctInputs } from './sql-names.js';
import { writeQuery } from './write-query.js';

/** How a program is written as SQL. */
export interface SqlOptions {
  readonly dialect: SqlDialectName;
  /** The table of raw rows, as the database writes its name: it is put into the statement as it is. Default `raw_rows`. */
  readonly from?: string | undefined;
  /** The view to make, as the database writes its name; without it the statement is a query. */
  readonly view?: string | undefined;
  /** What the columns of the results are called by: `churn` makes `churn_probability`. Default `model`. */
  readonly predicts?: string | undefined;
  /** The hash of the model, for the comment at the head. */
  readonly hash?: string | undefined;
  /** What means a missing value in the table, by the raw column; numbers of a number column are written as texts. */
  readonly missing?: ReadonlyMap<string, readonly string[]> | undefined;
}

/**
 * A program as one statement of SQL: raw columns in; all columns of the table and what is predicted out.
 *
 * Each step is a common table expression, and each tree a column, or in DuckDB a part of a table of small trees. NULL and NaN are missing
 * values. What is predicted of a row that the pipeline refuses is NULL.
 *
 * @throws `unsupported` if the database cannot carry a step or a statement of this size, with what to do instead.
 */
export function toSql(program: Program, options: SqlOptions): string {
  if (!SQL_DIALECTS.includes(options.dialect)) {
    throw new ChurnError(
      'invalid-parameter',
      `dialect: expected ${SQL_DIALECTS.join(', ')}, got ${JSON.stringify(options.dialect)}`,
    );
  }
  const dialect = dialectOf(options.dialect);
  requireDistinctInputs(program, dialect);
  const names: OutputNames = { predicts: options.predicts ?? 'model' };
  const { layers, columns, refused } = queryColumns(program, dialect, options.missing ?? new Map());
  const outputs = outputColumnsSql(program, dialect, columns, refused, names);
  const query = writeQuery(dialect, {
    from: options.from ?? 'raw_rows',
    layers: layers.layersFor(outputs.flatMap(({ uses }) => [...uses])),
    outputs,
  });
  const create = options.view === undefined ? '' : `CREATE OR REPLACE VIEW ${options.view} AS\n`;
  const statement = `${writeHeader(program, dialect, options)}${create}${query};\n`;
  checkLimits(program, dialect, statement, options.view !== undefined);
  return statement;
}
