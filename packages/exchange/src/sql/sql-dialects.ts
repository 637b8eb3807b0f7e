import type { SqlDialect } from './dialect.js';
import { bigquery } from './dialects/bigquery.js';
import { clickhouse } from './dialects/clickhouse.js';
import { duckdb } from './dialects/duckdb.js';
import { postgres } from './dialects/postgres.js';
import { snowflake } from './dialects/snowflake.js';
import { spark } from './dialects/spark.js';

const DIALECTS = { duckdb, postgres, spark, bigquery, snowflake, clickhouse } as const satisfies Record<
  string,
  SqlDialect
>;

/** A database that `toSql` supports. */
export type SqlDialectName = keyof typeof DIALECTS;

/** All supported databases. */
export const SQL_DIALECTS = Object.keys(DIALECTS) as readonly SqlDialectName[];

export function dialectOf(name: SqlDialectName): SqlDialect {
  return DIALECTS[name];
}
