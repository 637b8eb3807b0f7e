import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChurnError, Random } from '@churn/core';
import { csv, jsonLines, type RecordFormat, readRows } from '@churn/io';
import { ParquetReader } from '@churn/io/parquet';
import { parseYaml } from '../config/parse-yaml';
import { mutate } from '../testing/mutate';
import { saveSmallModel } from '../testing/small-model';
import { scoreBatch } from './score-batch';
import { loadScoringModel, type ScoringModel } from './scoring-model';

/**
 * Damaged files of each format end in rows or in one line that tells what is wrong. `FUZZ=200000` tries as many of each, and
 * `FUZZ_SEED=7` others.
 */
const COUNT = Number(process.env.FUZZ ?? 700);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
jest.setTimeout(240_000 + COUNT * 20);

const APP = join(__dirname, '../..');
const ADDED = ['churn_probability', 'churn_prediction'];
let folder: string;
let scoring: ScoringModel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-fuzz-'));
  await saveSmallModel(join(folder, 'm.json'));
  scoring = await loadScoringModel(join(folder, 'm.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Does work on mutations of the seeds; it may throw what is one line for a user, and nothing else.
 * @param works tell whether all of a file was taken; several take turns.
 */
async function fuzz(
  name: string,
  seeds: readonly Uint8Array[],
  tokens: readonly string[],
  ...works: ((bytes: Uint8Array) => Promise<boolean> | boolean)[]
): Promise<void> {
  let refused = 0;
  const turns = works.map(async (work, turn) => {
    const random = new Random(SEED, turn);
    for (let i = turn; i < COUNT; i += works.length) {
      const bytes = mutate(seeds[i % seeds.length], random, tokens);
      try {
        if (!(await work(bytes))) refused++;
      } catch (error) {
        if (!ChurnError.is(error) || error.message.includes('\n')) {
          writeFileSync(join(tmpdir(), `churn-fuzz-${name}`), bytes);
          throw error;
        }
        refused++;
      }
    }
  });
  await Promise.all(turns);
  process.stdout.write(`${name}: ${COUNT} damaged files tried, ${refused} refused in part or as a whole\n`);
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(COUNT);
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const middle = bytes.length >> 1;
  yield bytes.subarray(0, middle);
  yield bytes.subarray(middle);
}

/** Scores all rows; each must go out with a probability, or be rejected with a reason. */
async function scored(
  format: RecordFormat,
  bytes: Uint8Array,
): Promise<{ output: string; isWhole: boolean }> {
  const source = readRows(await format.open(chunk(bytes)), scoring);
  let output = '';
  let isWhole = true;
  for await (const batch of source.batches(ADDED.map((name) => ({ name, kind: 'numeric' })))) {
    const { rows, predictions: probabilities, rejected } = await scoreBatch(scoring, batch);
    must(rows.length + rejected.length === batch.table.nRows + batch.rejected.length);
    must(probabilities[1].every((p) => p >= 0 && p <= 1));
    must(rejected.every(({ line, reason }) => line > 0 && reason !== ''));
    if (rejected.length > 0) isWhole = false;
    output += batch.format(rows, [Array.from(probabilities[1]), Array.from(rows, () => 0)]);
  }
  return { output, isWhole };
}

/** `expect` takes longer than what is tested. */
function must(holds: boolean): void {
  if (!holds) throw new Unmet('does not hold');
}

class Unmet extends Error {}

const ROWS = [
  [1, 'A', 5, 30, 'plain'],
  [2, 'B, "x"', 1e3, 31, 'é😀'],
  [9007199254740993n, '', -3, 32, 'line\nend'],
  [4, 'C', 99, 40, ' '],
] as const;

it('CSV', async () => {
  const quoted = (cell: unknown) => `"${String(cell).replaceAll('"', '""')}"`;
  const text = [['id', 'plan', 'usage', 'age', 'note'], ...ROWS]
    .map((row) => row.map(quoted).join(','))
    .join('\r\n');
  const plain = 'id,plan,usage,age\n1,A,5,30\n2,B,,NaN\n3,é,1e3,-2.5\n4,C,7,31\n';
  const tokens = ['"', '""', ',', '\n', '\r', '\r\n', '\0', '\uFEFF', '1e999', '-1e308', ',,,', '"\n"', '=1'];
  await fuzz('CSV', [Buffer.from(text), Buffer.from(plain)], tokens, async (bytes) => {
    const { output, isWhole } = await scored(csv, bytes);
    const whole = bytes.toString().replaceAll(/\r\n?/g, '\n');
    for (const line of output.replaceAll(/\r\n?/g, '\n').split('\n').slice(1, -1)) {
      if (/,(0|1|\d\.\d+|\de-\d+|\d\.\d+e-\d+),0$/.test(line)) {
        must(whole.includes(line.split(',').slice(0, -2).join(',')));
      }
    }
    return isWhole;
  });
});

it('JSON lines', async () => {
  const text = ROWS.map(
    ([id, plan, usage, age, note]) =>
      `{"id":${id},"plan":${JSON.stringify(plan)}, "usage":${usage},"age": ${age}, "note":${JSON.stringify([note, { a: [{}] }])}}`,
  ).join('\n');
  const tokens = ['1e999', '-1e308', '"plan":"B",', '\\u0000', '['.repeat(1200), 'null', ...'{}[]"\\:,\n'];
  await fuzz('JSON lines', [Buffer.from(text)], tokens, async (bytes) => {
    const { output, isWhole } = await scored(jsonLines, bytes);
    const lines = new Set(
      bytes
        .toString()
        .replace(/^\uFEFF/, '')
        .split('\n')
        .map((line) => line.replace(/\r$/, '')),
    );
    for (const line of output.split('\n').slice(0, -1)) {
      const object = JSON.parse(line);
      must(ADDED.every((column) => Object.hasOwn(object, column)));
      must(lines.has(line.replace(/,?"churn_probability":[\d.e-]+,"churn_prediction":0/, '')));
    }
    return isWhole;
  });
});

it('YAML', async () => {
  const flow =
    'data: { file: d.csv, target: left, drop: [id, "a*"] } # note\nmodels: { a: &x { C: [1, 0.1] }, b: *x }\n';
  const block =
    'data:\n  file: d.csv\n  columns:\n    - &n { kind: numeric, min: 1e3 }\n    - *n\nnote: >-\n  two\n  lines\n? key\n: |\n  text\n';
  const seeds = [flow, block].map((text) => Buffer.from(text));
  const tokens = ['&a ', '*a', '- ', ': ', '? ', '---\n', '!!binary ', '<<: *a', ...'{}[]"\'|>#\t%\0'];
  await fuzz('YAML', seeds, tokens, (bytes) => {
    JSON.stringify(parseYaml(bytes.toString(), 'f.yaml'));
    return true;
  });
});

it('Parquet', async () => {
  const seeds = parquetSeeds();
  const readers = [0, 1].map(() => new ParquetReader({ timeout: 1000 }));
  const works = readers.map((reader, i) => async (bytes: Uint8Array) => {
    const file = join(folder, `${i}.parquet`);
    writeFileSync(file, bytes);
    try {
      const { elements, rows, batches } = await reader.open(file);
      let count = 0;
      for await (const { values } of batches()) {
        must(values.length === elements.length);
        count += values[0].length;
      }
      must(count === rows);
      return true;
    } catch (error) {
      if (error instanceof Unmet) throw error;
      // What the source of rows makes of it, which jest cannot load.
      const [message] = (error as Error).message.split('\n');
      throw new ChurnError('invalid-file', message, { cause: error });
    }
  });
  await fuzz('Parquet', seeds, ['PAR1', '\xff\xff\xff\xff\x0f', '\0\0\0\0', '\x15\x00'], ...works);
  await Promise.all(readers.map((reader) => reader.close()));
});

/** Files of several encodings, compressions and row groups; the library that writes them is a module, which this test is not. */
function parquetSeeds(): Uint8Array[] {
  const script = `import { parquetWriteFile } from 'hyparquet-writer';
    const list = (make, n = 40) => Array.from({ length: n }, (_, i) => make(i));
    const columnData = (encoding) => [
      { name: 'id', data: list((i) => 2n ** 60n + BigInt(i)), type: 'INT64', nullable: false, ...encoding },
      { name: 'usage', data: list((i) => (i % 7 === 3 ? null : i / 2)), type: 'DOUBLE' },
      { name: 'plan', data: list((i) => (i % 11 === 5 ? null : 'ABC'[i % 3])), type: 'STRING' },
      { name: 'age', data: list((i) => i), type: 'INT32', ...encoding },
      { name: 'open', data: list((i) => i % 3 === 0), type: 'BOOLEAN' },
      { name: 'joined', data: list((i) => new Date(i * 1e9)), type: 'TIMESTAMP' },
    ];
    const settings = [
      [{}, { codec: 'SNAPPY' }], [{ encoding: 'DELTA_BINARY_PACKED' }, { codec: 'UNCOMPRESSED' }], [{}, { codec: 'UNCOMPRESSED', rowGroupSize: 9 }],
    ];
    settings.forEach(([encoding, more], i) =>
      parquetWriteFile({ filename: process.argv[1] + i, columnData: columnData(encoding), ...more }));`;
  const start = join(folder, 'seed');
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, start], {
    cwd: APP,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return [0, 1, 2].map((i) => readFileSync(start + i));
}
