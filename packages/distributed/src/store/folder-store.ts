import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import { reasonOf } from '../reason-of.js';
import { writeWhole } from '../whole-file.js';
import type { DataStore } from './data-store.js';

/** Stores data as files in a folder that all machines can access. Creates the folder if it is missing. Methods throw `invalid-file`. */
export function folderStore(folder: string): DataStore {
  const fileOf = (hash: string) => join(folder, `${hash}.rows.gz`);
  return {
    name: folder,
    async has(hash) {
      return stat(fileOf(hash)).then(
        () => true,
        () => false,
      );
    },
    async put(hash, bytes) {
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw new ChurnError('invalid-file', `cannot create ${folder}: ${reasonOf(error)}`, { cause: error });
      }
      await writeWhole(fileOf(hash), bytes);
    },
    async get(hash) {
      try {
        return await readFile(fileOf(hash));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new ChurnError('invalid-file', `cannot read ${fileOf(hash)}: ${reasonOf(error)}`, {
          cause: error,
        });
      }
    },
  };
}
