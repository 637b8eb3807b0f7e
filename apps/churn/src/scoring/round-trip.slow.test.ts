import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv, jsonLines, type RecordFormat, type RejectedRow, readRows } from '@churn/io';
import fc from 'fast-check';
import { saveSmallModel } from '../testing/small-model';
import { scoreBatch } from './score-batch';
import { loadScoringModel, type ScoringModel } from './scoring-model';

/** What came in goes out as it was: of all formats, the output without the columns added is the input without the rows rejected. */
const APP = join(__dirname, '../..');
const ADDED = ['churn_probability', 'churn_prediction'];
let folder: string;
let scoring: ScoringModel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-round-trip-'));
  await saveSmallModel(join(folder, 'm.json'));
  scoring = await loadScoringModel(join(folder, 'm.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function* cutAt(text: string, cut: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  yield bytes.subarray(0, cut % (bytes.length + 1));
  yield bytes.subarray(cut % (bytes.length + 1));
}

/** @returns the output, every row of which has 0.25 and 1 added, and the rows rejected. */
async function through(
  format: RecordFormat,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ output: string; rejected: RejectedRow[] }> {
  const source = readRows(await format.open(chunks), scoring);
  let output = '';
  const all: RejectedRow[] = [];
  for await (const batch of source.batches(ADDED.map((name) => ({ name, kind: 'numeric' })))) {
    const { rows, rejected } = await scoreBatch(scoring, batch);
    output += batch.format(rows, [Array.from(rows, () => 0.25), Array.from(rows, () => 1)]);
    all.push(...rejected);
  }
  return { output, rejected: all };
}

const note = fc.string({ unit: fc.constantFrom(...'a,";\t\r\n =+-@\'é😀\uFEFF\0\u20281.') });
const usage = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.constantFrom('', '1.10', '1e2', 'NA', ' 7 ', '1e999', '-1e308', 'lots', '007'),
);

it('of CSV, byte for byte', async () => {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const field = (text: string) => (/[",\r\n]/.test(text) ? quoted(text) : text);
  const row = fc
    .tuple(note, fc.boolean(), usage)
    .map(([text, mustQuote, number]) =>
      [mustQuote ? quoted(text) : field(text), 'A', number, '30'].join(','),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.nat(400),
      async (rows, end, cut) => {
        const text = `${['"note",plan,usage,age', ...rows].join(end)}${end}`;
        const { output, rejected } = await through(csv, cutAt(text, cut));
        const amiss = new Set(rejected.map((each) => each.row));
        expect(rejected.every(({ reason }) => reason.includes('"usage"'))).toBe(true);
        const kept = rows.filter((each) => !amiss.has(each)).map((each) => `${each},0.25,1\n`);
        expect(output).toBe(`"note",plan,usage,age,${ADDED.join(',')}\n${kept.join('')}`);
        expect(kept.length + rejected.length).toBe(rows.length);
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});

it('of JSON lines, byte for byte', async () => {
  const space = fc.constantFrom('', ' ', '\t', '  ', '\r');
  const key = fc
    .oneof(note, fc.constantFrom('2', '1', '__proto__', 'id', 'a"b\\', '{', '}'))
    .map((text) => JSON.stringify(text));
  const value = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(
      '1234567890123456789',
      '1e999',
      '1.10',
      '-0',
      '1E+2',
      '"\\ud800"',
      '"\\u0041"',
      '[{"a":1,"a":2}]',
      '"}"',
      '"\\\\"',
    ),
  );
  const member = fc
    .tuple(space, key, space, value, space)
    .map(([a, name, b, text, c]) => `${a}${name}${b}:${text}${c}`);
  const own = fc.tuple(usage, space).map(([number, gap]) => {
    const isJson = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/.test(number);
    return `"usage":${gap}${isJson ? number : JSON.stringify(number)}${gap}`;
  });
  const line = fc
    .tuple(fc.array(member, { maxLength: 5 }), fc.option(own), space, fc.nat(5))
    .filter(([members]) => !members.some((each) => /"(plan|usage|age)"/.test(each)))
    .map(([members, extra, gap, place]) => {
      const all = extra === null ? members : members.toSpliced(place, 0, extra);
      return `${gap}{${all.join(',') || gap}}${gap.replace('\r', '')}`;
    });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      fc.nat(400),
      async (some, end, cut) => {
        // With all columns, which no file may lack.
        const lines = ['{"plan":"A","usage":1,"age":2}', ...some];
        const { output, rejected } = await through(jsonLines, cutAt(`${lines.join(end)}${end}`, cut));
        const amiss = new Set(rejected.map((each) => each.row));
        for (const { reason, row } of rejected) {
          expect(reason).toMatch(
            row.includes('"usage"') ? '"usage"' : 'expected columns of the model, got none',
          );
        }
        const kept = lines.filter((each) => !amiss.has(each));
        const written = output.split('\n').slice(0, -1);
        expect(
          written.map((each) =>
            each.replace(/,?"churn_probability":0.25,"churn_prediction":1(?=\s*\}\s*$)/, ''),
          ),
        ).toEqual(kept);
        for (const each of written) {
          const object = JSON.parse(each);
          expect(ADDED.map((name) => object[name])).toEqual([0.25, 1]);
        }
        expect(kept.length + rejected.length).toBe(lines.length);
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});

it('of Parquet, with the same types and stored values', () => {
  // The Parquet libraries are modules, which this test is not.
  const script = `
    import { readFileSync } from 'node:fs';
    import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
    import { parquetWriteFile } from 'hyparquet-writer';
    const [what, file, rows] = process.argv.slice(1);
    const TYPES = [
      ['i32', { type: 'INT32' }], ['i64', { type: 'INT64' }], ['flag', { type: 'BOOLEAN' }], ['f32', { type: 'FLOAT' }],
      ['f64', { type: 'DOUBLE' }], ['text', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }], ['raw', { type: 'BYTE_ARRAY' }],
      ['json', { type: 'BYTE_ARRAY', converted_type: 'JSON' }], ['day', { type: 'INT32', converted_type: 'DATE' }],
      ['ms', { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }], ['us', { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }],
      ['ns', { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' } }],
      ['u32', { type: 'INT32', converted_type: 'UINT_32' }], ['u64', { type: 'INT64', converted_type: 'UINT_64' }],
      ['money', { type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18 }],
      ['fixed', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }],
      ['usage', { type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18 }],
      ['age', { type: 'FLOAT' }], ['plan', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }],
    ];
    const stored = ({ name, type, type_length, repetition_type }) => ({ name, type, type_length, repetition_type });
    if (what === 'write') {
      const values = JSON.parse(readFileSync(rows, 'utf8'));
      const { ParquetWriter, fileWriter } = await import('hyparquet-writer');
      const elements = TYPES.map(([name, element]) => ({ name, repetition_type: 'OPTIONAL', ...element }));
      const schema = (all) => [{ name: 'root', num_children: all.length }, ...all];
      const writer = new ParquetWriter({ writer: fileWriter(file), schema: schema(elements.map(stored)), statistics: false });
      writer.write({ rowGroupSize: 7, columnData: elements.map(({ name, type }, j) => ({ name, data: values.map((row) =>
        row[j] === null ? null : type === 'INT64' ? BigInt(row[j]) : type.endsWith('BYTE_ARRAY') ? Buffer.from(row[j], 'hex')
          : type === 'FLOAT' || type === 'DOUBLE' ? Number(row[j]) : row[j]) })) });
      writer.schema = schema(elements);
      writer.finish();
    } else {
      const buffer = await asyncBufferFromFile(file);
      const metadata = await parquetMetadataAsync(buffer);
      const [root, ...elements] = metadata.schema;
      const read = await parquetReadObjects({ file: buffer, utf8: false, metadata: { ...metadata, schema: [root, ...elements.map(stored)] } });
      const text = (value) => value instanceof Uint8Array ? Buffer.from(value).toString('hex') : Object.is(value, -0) ? '-0'
        : value === null || typeof value === 'boolean' ? value : String(value);
      console.log(JSON.stringify({ elements, rows: read.map((row) => Object.values(row).map(text)) }));
    }`;
  const node = (...args: string[]) => {
    const result = spawnSync(process.execPath, ['--input-type=module', '-e', script, ...args], {
      cwd: APP,
      encoding: 'utf8',
    });
    if (result.status !== 0) throw new Error(result.stderr);
    return result.stdout;
  };
  const hex = (arbitrary: fc.Arbitrary<string>) => arbitrary.map((text) => Buffer.from(text).toString('hex'));
  const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
  const int32 = fc.integer();
  const bytes = (options: { minLength?: number; maxLength: number }) =>
    fc.uint8Array(options).map((each) => Buffer.from(each).toString('hex'));
  const columns = [
    ...[
      int32,
      int64,
      fc.boolean(),
      fc.float().map(String),
      fc.double().map(String),
      hex(note),
      bytes({ maxLength: 9 }),
    ],
    ...[
      hex(fc.constantFrom('{"a":1.10,"a":2}', '1e999', 'null', '[ ]')),
      int32,
      int64,
      int64,
      int64,
      int32,
      int64,
      int64,
    ],
    ...[
      bytes({ minLength: 16, maxLength: 16 }),
      int64,
      fc.constantFrom('NaN', '31', '40.5'),
      hex(fc.constantFrom('A', 'B', 'é')),
    ],
  ];
  const row = fc.tuple(...columns.map((each) => fc.option(each as fc.Arbitrary<unknown>, { freq: 6 })));
  for (const seed of [1, 2]) {
    const rows = fc.sample(row, { numRuns: 60, seed });
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows));
    const [input, output] = [join(folder, 'in.parquet'), join(folder, 'out.parquet')];
    node('write', input, join(folder, 'rows.json'));
    const args = ['predict', '--model', join(folder, 'm.json'), '--input', input, '--output', output];
    const { status, stderr } = spawnSync(process.execPath, [join(APP, 'bin/churn.js'), ...args], {
      encoding: 'utf8',
    });
    expect(`${status} ${stderr}`).toMatch(/^0 /);
    const before = JSON.parse(node('read', input));
    const after = JSON.parse(node('read', output));
    expect(after.elements.slice(0, -3)).toEqual(before.elements);
    const rejected = readRejected(`${output}.rejected.csv`);
    const kept = before.rows.filter((_: unknown, i: number) => !rejected.has(i + 1));
    expect(after.rows.map((each: unknown[]) => each.slice(0, -3))).toEqual(kept);
    expect(kept.length).toBeGreaterThan(30);
    for (const each of after.rows) {
      const probability = Number(each.at(-3));
      expect(probability >= 0 && probability <= 1).toBe(true);
    }
  }
});

function readRejected(file: string): Set<number> {
  try {
    const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
    return new Set(lines.map((line) => Number.parseInt(line, 10)));
  } catch {
    return new Set();
  }
}
