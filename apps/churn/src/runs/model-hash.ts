import { open } from 'node:fs/promises';

/** `serializeModel` writes the hash last. */
const LAST = /"hash":"([0-9a-f]{64})"\}\s*$/;

/** The hash of a model, read from the end of its file without loading it; `null` if that fails. */
export async function modelHash(file: string): Promise<string | null> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.alloc(100),
        position: Math.max(0, size - 100),
      });
      return LAST.exec(buffer.toString('latin1', 0, bytesRead))?.[1] ?? null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
