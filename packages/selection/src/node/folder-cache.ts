import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChurnError, packArray, StateReader } from '@churn/core';
import type { CachedPrediction, SearchCache } from '../search/search-cache.js';

/**
 * Caches finished folds as files in a folder, which is created if missing. Files are written atomically, so a process may be killed at
 * any moment; damaged files count as missing.
 */
export function folderCache(folder: string): SearchCache {
  return {
    async get(key) {
      try {
        return read(new StateReader('cache', JSON.parse(await readFile(fileOf(folder, key), 'utf8'))));
      } catch {
        return undefined;
      }
    },
    async set(key, { predictions, fitMs, scoreMs }) {
      const text = JSON.stringify({
        predictions: predictions.map((column) => ({ column: packArray(column) })),
        fitMs,
        scoreMs,
      });
      const file = fileOf(folder, key);
      const temporary = `${file}.${randomUUID()}.tmp`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(temporary, text);
        await rename(temporary, file);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new ChurnError('invalid-file', `cannot write to the cache folder ${folder}: ${reason}`, {
          cause: error,
        });
      }
    },
  };
}

function fileOf(folder: string, key: string): string {
  return join(folder, `${key}.json`);
}

function read(saved: StateReader): CachedPrediction {
  return {
    predictions: saved.children('predictions').map((each) => each.packed('column', Float64Array)),
    fitMs: saved.number('fitMs'),
    scoreMs: saved.number('scoreMs'),
  };
}
