import { rm } from 'node:fs/promises';
import type { Cell, TableSchema } from '@churn/core';
import { atomicWriter } from '@churn/io';
import { openParquetOutput } from '@churn/io/parquet';
import { type LogFile, wholePath } from './log-files.js';
import { readJsonObjects } from './whole-lines.js';

/** Converts the lines of a log to Parquet, and removes them. A column is numeric if it only has numbers. */
export async function finishAsParquet(file: LogFile): Promise<void> {
  const { path } = file;
  const schema = await schemaOf(path);
  if (schema.length > 0) {
    const writer = await atomicWriter(wholePath(file, 'parquet'));
    try {
      const output = await openParquetOutput([], schema);
      for await (const rows of readJsonObjects(path)) {
        const columns = schema.map(({ name }) =>
          rows.map((row) => (Object.hasOwn(row, name) ? (row[name] as Cell) : null)),
        );
        await writer.write(output.write([], columns));
      }
      await writer.write(output.end());
      await writer.commit();
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }
  await rm(path);
}

/** The columns of all lines; empty if there are none. */
async function schemaOf(path: string): Promise<TableSchema> {
  const kinds = new Map<string, 'numeric' | 'category'>();
  for await (const rows of readJsonObjects(path)) {
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        if (typeof value === 'string') kinds.set(name, 'category');
        else if (!kinds.has(name)) kinds.set(name, 'numeric');
      }
    }
  }
  return Array.from(kinds, ([name, kind]) => ({ name, kind }));
}
