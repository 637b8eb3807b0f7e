import { ParquetReader } from './parquet-reader';

/** What becomes of a reader that misbehaves, as the library does with some damaged files. */
function readerOf(onMessage: string, timeout = 500): ParquetReader {
  const script = `import { parentPort } from 'node:worker_threads';
    let asked = 0;
    const reply = (message) => parentPort.postMessage(message);
    parentPort.on('message', (request) => { asked++; ${onMessage} });`;
  return new ParquetReader({
    worker: new URL(`data:text/javascript,${encodeURIComponent(script)}`),
    timeout,
  });
}

const opened = `if (request.kind === 'open') return reply({ kind: 'opened', elements: [], rows: 3 });`;

async function rowsOf(reader: ParquetReader): Promise<number[]> {
  const before: number[] = [];
  try {
    const { batches } = await reader.open(__filename);
    for await (const batch of batches()) before.push(batch.before);
  } finally {
    await reader.close();
  }
  return before;
}

describe('ParquetReader', () => {
  it('returns rows in order, and waits as long as there is progress', async () => {
    const slow = `${opened}
      let times = 0;
      const timer = setInterval(() => {
        if (times++ < 4) return reply({ kind: 'progress' });
        clearInterval(timer);
        reply(asked > 3 ? { kind: 'end' } : { kind: 'rows', before: asked, values: [] });
      }, 200);`;
    expect(await rowsOf(readerOf(slow))).toEqual([2, 3]);
  });

  it.each([
    ['goes in circles', `${opened} for (;;);`, 'reading it makes no progress'],
    ['never answers', opened, 'reading it makes no progress'],
    ['ends', `${opened} process.exit(3);`, 'reading it ended at once'],
    ['refuses', `${opened} reply({ kind: 'error', message: 'it is damaged' });`, 'it is damaged'],
    ['fails', `${opened} throw new Error('unforeseen');`, 'unforeseen'],
  ])('reports when the thread %s', async (_, onMessage, message) => {
    // A busy machine may be late with an answer that comes.
    const timeout = message === 'reading it makes no progress' ? 500 : 60_000;
    await expect(rowsOf(readerOf(onMessage, timeout))).rejects.toThrow(message);
  });

  it('reports when the thread runs out of memory', async () => {
    const hog = `${opened} const all = []; for (;;) all.push(Array(1e6).fill(asked++));`;
    await expect(rowsOf(readerOf(hog, 30_000))).rejects.toThrow('it needs too much memory');
  });

  it('reads the next file after one that was rejected or stopped', async () => {
    const reader = readerOf(`if (request.kind === 'open' && asked === 1) for (;;);
      if (asked === 2) return reply({ kind: 'error', message: 'it is damaged' });
      reply(request.kind === 'open' ? { kind: 'opened', elements: [], rows: 0 } : { kind: 'end' });`);
    await expect(reader.open(__filename)).rejects.toThrow('reading it makes no progress');
    const stopped = readerOf(`if (asked === 1) return reply({ kind: 'error', message: 'it is damaged' });
      reply(request.kind === 'open' ? { kind: 'opened', elements: [], rows: 0 } : { kind: 'end' });`);
    await expect(stopped.open(__filename)).rejects.toThrow('it is damaged');
    expect((await stopped.open(__filename)).rows).toBe(0);
    await Promise.all([reader.close(), stopped.close()]);
  });
});
