import { ChurnError, type TableSchema } from '@churn/core';
import type { DatasetColumn } from '@churn/io';
import type { Config } from '../config/config.js';
import { classTask } from '../task/class-task.js';
import { toLearnFrom } from '../training/data.js';
import type { Dataset } from '../training/dataset.js';
import { readTable } from '../training/read-table.js';

/**
 * Reads the labelled rows with the columns of a model, including columns that the configuration does not train on.
 *
 * @throws as `loadDataset` does; `column-name` if a column of the model is missing; `column-kind` if the configuration declares another
 * kind.
 */
export async function importData(schema: TableSchema, config: Config): Promise<Dataset> {
  const declared = new Map(config.data.columns?.map((column) => [column.name, column]));
  const columns = schema.map(({ name, kind }): DatasetColumn => {
    const known = declared.get(name);
    if (known && known.kind !== kind) {
      throw new ChurnError(
        'column-kind',
        `data.columns.${name}: expected kind ${kind}, as in the model, got ${known.kind}`,
      );
    }
    return known ?? { name, kind };
  });
  const target = declared.get(config.data.target);
  const data = { ...config.data, drop: [], columns: target ? [...columns, target] : columns };
  const dataset = toLearnFrom(classTask, await readTable(data), data);
  const missing = schema.filter(({ name }) => !dataset.features.names.includes(name));
  if (missing.length === 0) return dataset;
  throw new ChurnError(
    'column-name',
    `${dataset.records.source}: expected the columns of the model; missing: ${missing.map(({ name }) => `"${name}"`).join(', ')}`,
  );
}

/** The levels of all categories of the data, for model files that only have hashes of them. */
export async function levelsIn(config: Config): Promise<Record<string, readonly string[]>> {
  const { table } = await readTable(config.data);
  const found: [string, readonly string[]][] = [];
  for (const [name, column] of table.entries()) {
    if (column.kind === 'category') found.push([name, column.levels]);
  }
  for (const { name, levels } of config.data.columns ?? []) {
    if (!levels) continue;
    const read =
      table.names.includes(name) && table.column(name).kind === 'category' ? table.category(name).levels : [];
    found.push([name, Array.from(new Set([...read, ...levels]))]);
  }
  return Object.fromEntries(found);
}
