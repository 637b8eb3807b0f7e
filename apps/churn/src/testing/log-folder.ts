import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listLogFiles } from '../serve/log/log-files.js';
import { readLogFile } from '../serve/log/read-log-file.js';

/** A new empty folder for each test, with readers of its logs. */
export function useLogFolder() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'churn-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: (...parts: string[]) => join(folder, ...parts),
    /** The names of its files, without parts that vary. */
    async endings() {
      const names = await readdir(folder);
      return names.map((name) => name.replace(/^(\w+)-.*?\.([\w-]+\.\d+\.)?(\w+)$/, '$1.$3')).sort();
    },
    /** All rows of a log. */
    async rows(kind: 'predictions' | 'outcomes') {
      const rows: Record<string, unknown>[] = [];
      for (const file of await listLogFiles(folder, kind)) {
        for await (const columns of readLogFile(file)) {
          const [[, first]] = columns;
          for (let i = 0; i < first.length; i++) {
            rows.push(Object.fromEntries(Array.from(columns, ([name, values]) => [name, values[i] ?? null])));
          }
        }
      }
      return rows;
    },
    /** The content of its only file. */
    async text() {
      const [name] = await readdir(folder);
      return readFile(join(folder, name), 'utf8');
    },
  };
}
