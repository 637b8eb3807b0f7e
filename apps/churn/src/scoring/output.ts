import { once } from 'node:events';
import { atomicWriter } from '@churn/io';

/** Where rows go piece by piece, to be there as a whole or not at all as far as the place allows. */
export interface Output {
  write(piece: string | Uint8Array): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** What stands for standard input or output. */
export const STANDARD_STREAM = '-';

/** A file that appears when it is complete, or standard output. */
export async function openOutput(file: string): Promise<Output> {
  if (file !== STANDARD_STREAM) return atomicWriter(file);
  return {
    async write(piece) {
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    },
    async commit() {},
    async discard() {},
  };
}
