import { fileError } from '@churn/io';
import { ParquetReader } from '@churn/io/parquet';
import { type LogFile, listLogFiles } from './log-files.js';
import { readJsonObjects } from './whole-lines.js';

/** A batch of log rows: the values of each column. */
export type LogColumns = ReadonlyMap<string, ArrayLike<unknown>>;

/**
 * Yields the rows of a log file in batches; for an open file, those in complete lines.
 * @throws `invalid-file` if it cannot be read, or is not a log file.
 */
export async function* readLogFile(file: LogFile): AsyncGenerator<LogColumns> {
  let current = file;
  try {
    yield* partsOf(current);
  } catch (error) {
    // It may have been finished after the folder was listed; once opened, it stays readable.
    const renamed = (error as NodeJS.ErrnoException).code === 'ENOENT' && (await finishedOf(file));
    if (!renamed) throw fileError('read', file.path, error);
    current = renamed;
    yield* partsOf(current);
  }
}

async function finishedOf({ path, kind, id }: LogFile): Promise<LogFile | undefined> {
  const folder = path.slice(0, path.lastIndexOf(id));
  const files = await listLogFiles(folder, kind);
  return files.find((each) => each.id === id && !each.writer);
}

async function* partsOf({ path }: LogFile): AsyncGenerator<LogColumns> {
  if (path.endsWith('.parquet')) {
    yield* parquetParts(path);
    return;
  }
  for await (const objects of readJsonObjects(path)) {
    // All rows of a file have the same columns.
    const names = Object.keys(objects[0]);
    yield new Map(names.map((name) => [name, objects.map((each) => each[name])]));
  }
}

async function* parquetParts(path: string): AsyncGenerator<LogColumns> {
  const reader = new ParquetReader();
  try {
    const { elements, batches } = await reader.open(path);
    for await (const { values } of batches()) {
      yield new Map(elements.map(({ name }, j) => [name, values[j]]));
    }
  } finally {
    await reader.close();
  }
}
