import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { ChurnError } from '@churn/core';
import { readBytes, writeFileAtomic } from '@churn/io';
import { isThere } from '../runs/is-there.js';
import { syncFolder } from '../runs/run-folder.js';

/** The path of a model in a registry, by the SHA-256 of its file. */
export function storedModelFile(registry: string, sha256: string): string {
  return join(registry, 'models', `${sha256}.model.json`);
}

/** The path of a model's card in a registry. */
export function storedCardFile(registry: string, sha256: string): string {
  return join(registry, 'models', `${sha256}.card.md`);
}

/**
 * Copies a model file into the registry, unless it already has it.
 * @param sha256 the hash recorded by its run.
 * @throws `invalid-file` if it cannot be read or written, or has changed since its run.
 */
export async function storeModel(registry: string, file: string, sha256: string): Promise<void> {
  const bytes = await readBytes(file);
  const found = sha256Of(bytes);
  if (found !== sha256) {
    throw new ChurnError(
      'invalid-file',
      `${file}: expected the model that its run wrote, with SHA-256 ${sha256}, got ${found}: the file has been changed`,
    );
  }
  const target = storedModelFile(registry, sha256);
  if (await isStored(target, sha256)) return;
  await writeFileAtomic(target, bytes);
  await syncFolder(dirname(target));
}

/** Stores the card of a model, unless there is one: it describes the first promotion. */
export async function storeCard(registry: string, sha256: string, card: string): Promise<void> {
  const target = storedCardFile(registry, sha256);
  if (await isThere(target)) return;
  await writeFileAtomic(target, card);
}

/** @throws `invalid-file` if the stored model is damaged. */
export async function requireStored(registry: string, sha256: string): Promise<string> {
  const file = storedModelFile(registry, sha256);
  const found = sha256Of(await readBytes(file));
  if (found === sha256) return file;
  throw new ChurnError(
    'invalid-file',
    `${file}: expected SHA-256 ${sha256}, got ${found}: the file is damaged`,
  );
}

async function isStored(file: string, sha256: string): Promise<boolean> {
  try {
    return sha256Of(await readBytes(file)) === sha256;
  } catch (error) {
    if (ChurnError.is(error)) return false;
    throw error;
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
