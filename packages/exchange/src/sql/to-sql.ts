import { ChurnError } from '@churn/core';
import type { Program } from '../program/program.js';
import { checkLimits } from './check-limits.js';
import { writeHeader } from './header.js';
import { type OutputNames, outputColumnsSql } from './output-sql.js';
import { queryColumns } from './query-columns.js';
import { dialectOf, SQL_DIALECTS, type SqlDialectName } from './sql-dialects.js';
import { requireDistinctInputs } from './sql-names.js';
import { writeQuery } from './write-query.js';

/** Options of `toSql`. */
export interface SqlOptions {
  readonly dialect: SqlDialectName;
  /** The table of raw rows as a SQL name, inserted without quoting. Default `raw_rows`. */
  readonly from?: string | undefined;
  /** The view to create as a SQL name, inserted without quoting; without it, the statement is a query. */
  readonly view?: string | undefined;
  /** The prefix of the result columns: `churn` results in `churn_probability`. Default `model`. */
  readonly predicts?: string | undefined;
  /** The hash of the model, for the header comment. */
  readonly hash?: string | undefined;
  /** The values that mark missing values, by raw column; those of number columns are given as texts. */
  readonly missing?: ReadonlyMap<string, readonly string[]> | undefined;
}

/**
 * Writes a program as one SQL statement that selects all columns of the table of raw rows and adds the predictions.
 *
 * Each step is a common table expression, and each tree is a column; in DuckDB, small trees are combined into lookup tables. NULL and NaN
 * are missing values. The predictions of rows that the pipeline rejects are NULL.
 *
 * @throws `unsupported` if the database does not support a step or a statement of this size; the message suggests alternatives.
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
  const { layers, columns, rejected } = queryColumns(program, dialect, options.missing ?? new Map());
  const outputs = outputColumnsSql(program, dialect, columns, rejected, names);
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
