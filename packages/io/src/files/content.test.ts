import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { csv } from '../csv/csv';
import { readCsv } from '../csv/read-csv';
import { jsonLines } from '../json/json-lines';
import { formatOf, type RecordFormat } from '../records/record-format';
import { sha256 } from './sha256';
import { useTempFolder } from './temp-folder';
import { zstdFrame } from './zstd-frame';

const temp = useTempFolder();
const N = 300;
const CSV = `id,plan\n${Array.from({ length: N }, (_, i) => `${i},${'abc'[i % 3]}\n`).join('')}`;
const JSONL = Array.from({ length: N }, (_, i) => `{"id":${i},"plan":"${'abc'[i % 3]}"}\n`).join('');
/** The text of `CSV`, by `zstd -19`. */
const ZSTD = Buffer.from(
  'KLUv/WSiBVUPABZvYhOgpSAP33SXbQMARxFShAD+a5sQXABaAFwAZfEsh2N5/MriVg6v8jiVxaccLuXxJYsrOTzJ40gWP3K4kceLLE7k8CGPC1l8x+E6Hs+xOI7DbzxuY/Eah9N4fMbiMg5fj6vF0+Ho8bO4Obw8ThYfh4sBwiDgAUEOv/S4pcUrHU7p8UmLSzp80eOKFk90OKLHDy1u6PBCjxNafNDhgh7fs7iew/M8jmfxO4fbebzO4nQOn/O4nMXXHK7m8TSLozn8zONmFi9zOJnHxywu5vAtj2uJZ0U3J7eaeFZkY2KriWdFNSW1mnhWRENCq4lnRTMjKyIiIiK7Hte1eK7DcT1+a3Fbh9d6nNbisw6X9fiqxVUdnupxVIufOtzU46UWJ3X4qMdFLb7pcE2PZ1ocMx5fTTwr2lnZ1cSzIh0VXU08K8pJydXEsyIcFFxNPCu6ObnVxLMiGxNbTTwrqimp1cSzIhoSWk08K5oZmdXEsyIRodXEs6KdlV1NPCvSUdHVxLOinJRcTTwrwkHB1YDIqCG0vv/fAcBVyg0g0gc+N1Orf7egGV79u8XN8OrfLW6GV/9ucTO8a7t9mn0tlpzUcRkp/bYEymDptyVcBku/LeEyWPq9aPzivDYv87K8lFfyRl7H+xkv4L347CoDuGFO',
  'base64',
);

/** The records of a format read at once, and in batches: of a file, and of a stream. */
async function records(format: RecordFormat, file: string) {
  const whole = await format.read(file);
  const inBatches = await Promise.all(
    [file, createReadStream(file, { highWaterMark: 7 })].map(async (input) => {
      const all: (readonly unknown[])[] = [];
      const source = await format.open(input);
      const schema = whole.header.map((name) => ({ name, kind: 'category' }) as const);
      for await (const batch of source.batches(schema, [])) all.push(...batch.records);
      return all.map((record) => record.map(String));
    }),
  );
  return [whole.records.map((record) => record.map(String)), ...inBatches];
}

const EXPECTED = Array.from({ length: N }, (_, i) => [String(i), 'abc'[i % 3]]);

it.each([
  ['a.csv.gz', csv, gzipSync(CSV)],
  ['a.CSV.GZ', csv, gzipSync(CSV)],
  ['in members.csv.gz', csv, Buffer.concat([gzipSync(CSV.slice(0, 99)), gzipSync(CSV.slice(99))])],
  ['a.csv.zst', csv, ZSTD],
  ['in frames.csv.zst', csv, Buffer.concat([zstdFrame(CSV.slice(0, 99)), zstdFrame(CSV.slice(99), 50)])],
  ['UTF-16.csv.gz', csv, gzipSync(Buffer.from(`\uFEFF${CSV}`, 'utf16le'))],
  ['a.jsonl.gz', jsonLines, gzipSync(JSONL)],
  ['a.ndjson.zst', jsonLines, zstdFrame(JSONL)],
  ['named as text.csv', csv, gzipSync(CSV)],
])('reads %s', async (name, format, bytes) => {
  await writeFile(temp(name), bytes);
  expect(formatOf(name, [jsonLines, csv])).toBe(format);
  for (const each of await records(format, temp(name))) expect(each).toEqual(EXPECTED);
  expect((await format.read(temp(name))).sha256).toBe(sha256(bytes));
  if (format === csv) expect((await readCsv(temp(name))).nRows).toBe(N);
});

/** What reading it says, at once and in batches. */
async function refusals(file: string): Promise<string[]> {
  const told = async (work: () => Promise<unknown>) => {
    const error = await work().then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ name: 'ChurnError', code: 'invalid-file' });
    return error.message as string;
  };
  return [
    await told(() => csv.read(file)),
    await told(async () => {
      for await (const _ of (await csv.open(file)).batches([], []));
    }),
  ];
}

it.each([
  ['a.csv.gz', gzipSync(CSV).subarray(0, -20), 'compressed with gzip, but truncated'],
  ['a.csv.gz', gzipSync(CSV).fill(0xff, 40, 60), 'compressed with gzip, but damaged'],
  ['a.csv.gz', Buffer.from(CSV), 'expected a file compressed with gzip, according to its name'],
  ['a.csv.gz', Buffer.of(0x1f, 0x8b), 'compressed with gzip, but truncated'],
  ['a.csv.zst', ZSTD.subarray(0, -40), 'compressed with Zstandard, but truncated'],
  // A block of a type that there is not.
  ['a.csv.zst', zstdFrame(CSV.slice(0, 9)).fill(0x07, 6, 7), 'compressed with Zstandard, but damaged'],
  ['a.csv.zst', gzipSync(''), 'empty, expected a header line and rows'],
  ['a.csv.zst', Buffer.from('a,b\n'), 'expected a file compressed with Zstandard, according to its name'],
  // A window of a gigabyte.
  ['a.csv.zst', zstdFrame(CSV).fill(0xa0, 5, 6), 'compressed with Zstandard, but damaged'],
])('reports what is wrong with %s: %#', async (name, bytes, reason) => {
  await writeFile(temp(name), bytes);
  const [whole, inBatches] = await refusals(temp(name));
  expect(whole).toBe(`${temp(name)}: ${reason}`);
  expect(inBatches).toBe(whole);
});

it('rejects a small file that would fill the memory', async () => {
  const bomb = gzipSync(Buffer.alloc(2 ** 26, '1\n'));
  expect(bomb.length).toBeLessThan(2 ** 17);
  await writeFile(temp('a.csv.gz'), bomb);
  await expect(csv.read(temp('a.csv.gz'))).rejects.toThrow(
    `${temp('a.csv.gz')}: ${bomb.length} bytes decompress to more than ${2 ** 25}; expected a table`,
  );
});

it('reports read errors of a compressed stream unchanged', async () => {
  async function* broken() {
    yield gzipSync(CSV).subarray(0, 50);
    throw new Error('the line is down');
  }
  const source = await csv.open(broken());
  await expect(source.batches([], [])[Symbol.asyncIterator]().next()).rejects.toThrow('the line is down');
});
