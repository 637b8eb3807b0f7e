import { type FileHandle, open } from 'node:fs/promises';

const LF = 10;
const PIECE = 2 ** 16;
/** The number of bytes per Parquet row group. */
const PART = 2 ** 22;

/** The end of the last complete line of a file, in bytes; a process killed while writing leaves an incomplete one. */
export async function wholeLinesEnd(handle: FileHandle): Promise<number> {
  const piece = Buffer.allocUnsafe(PIECE);
  let { size: end } = await handle.stat();
  while (end > 0) {
    const start = Math.max(0, end - PIECE);
    const { bytesRead } = await handle.read(piece, 0, end - start, start);
    const at = piece.subarray(0, bytesRead).lastIndexOf(LF);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

/** Yields the bytes of the complete lines that a file has now. */
async function* wholeLinesOf(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path);
  try {
    const end = await wholeLinesEnd(handle);
    if (end > 0)
      yield* handle.createReadStream({ start: 0, end: end - 1, autoClose: false, highWaterMark: PART });
  } finally {
    await handle.close();
  }
}

/** Yields the JSON objects of a file of JSON lines, in batches. */
export async function* readJsonObjects(path: string): AsyncGenerator<Record<string, unknown>[]> {
  let rest: Uint8Array = new Uint8Array();
  for await (const piece of wholeLinesOf(path)) {
    const bytes = Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(LF) + 1;
    rest = bytes.subarray(end);
    if (end === 0) continue;
    yield bytes
      .toString('utf8', 0, end - 1)
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}
