import { ParquetReader } from './parquet-reader';

/** A busy machine may be late with an answer. */
const LONG = 60_000;
const SHORT = 500;

/** A reader that misbehaves, as the library does with some damaged files. */
function readerOf(onMessage: string, timeout = LONG): ParquetReader {
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
  it('returns rows in their order, and waits as long as there is progress', async () => {
    const slow = `${opened}
      if (asked > 2) return reply(asked > 4 ? { kind: 'end' } : { kind: 'rows', before: asked, values: [] });
      let times = 0;
      const timer = setInterval(() => {
        if (times++ < 4) return reply({ kind: 'progress' });
        clearInterval(timer);
        reply({ kind: 'rows', before: asked, values: [] });
      }, 1200);`;
    expect(await rowsOf(readerOf(slow, 5000))).toEqual([2, 3, 4]);
  });

  it.each([
    ['goes in circles', `${opened} for (;;);`, 'reading it makes no progress'],
    ['never answers', opened, 'reading it makes no progress'],
    ['ends', `${opened} process.exit(3);`, 'reading it ended at once'],
    ['refuses', `${opened} reply({ kind: 'error', message: 'it is damaged' });`, 'it is damaged'],
    ['fails', `${opened} throw new Error('unforeseen');`, 'unforeseen'],
  ])('rejects with the reason if the thread %s', async (_, onMessage, message) => {
    const timeout = message === 'reading it makes no progress' ? SHORT : LONG;
    await expect(rowsOf(readerOf(onMessage, timeout))).rejects.toThrow(message);
  });

  it('rejects if the thread takes all memory', async () => {
    const hog = `${opened} const all = []; for (;;) all.push(Array(1e6).fill(asked++));`;
    await expect(rowsOf(readerOf(hog))).rejects.toThrow('it needs too much memory');
  });

  it('reads the next file after one that was refused or stopped', async () => {
    const reader = readerOf(
      `if (request.kind === 'open' && asked === 1) for (;;);
      if (asked === 2) return reply({ kind: 'error', message: 'it is damaged' });
      reply(request.kind === 'open' ? { kind: 'opened', elements: [], rows: 0 } : { kind: 'end' });`,
      SHORT,
    );
    await expect(reader.open(__filename)).rejects.toThrow('reading it makes no progress');
    const stopped = readerOf(`if (asked === 1) return reply({ kind: 'error', message: 'it is damaged' });
      reply(request.kind === 'open' ? { kind: 'opened', elements: [], rows: 0 } : { kind: 'end' });`);
    await expect(stopped.open(__filename)).rejects.toThrow('it is damaged');
    expect((await stopped.open(__filename)).rows).toBe(0);
    await Promise.all([reader.close(), stopped.close()]);
  });
});
