import { DuckDBInstance } from '@duckdb/node-api';

/** Runs statements in a new in-memory DuckDB database. @returns the rows of the last statement. */
export async function runDuckdb(...statements: readonly string[]): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const statement of statements.slice(0, -1)) await connection.run(statement);
    return (await connection.runAndReadAll(statements[statements.length - 1])).getRows() as unknown[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
