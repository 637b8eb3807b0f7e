import { writeFile } from 'node:fs/promises';
import { useTempFolder } from '../files/temp-folder';
import { toTable } from '../records/to-table';
import { queryRecords } from './query-records';

const temp = useTempFolder();

it('returns values of each type as in JSON', async () => {
  const { source, header, records, lines, isTyped, sha256 } = await queryRecords(`
    select true as open, 1::tinyint as small, 2::bigint ** 1 as power, (2 ** 60)::bigint + 1 as id, 12.34::decimal(10, 2) as price,
      -0.5::float as half, 'nan'::double as gap, null as none, 'x' as plan, 'b'::enum ('a', 'b') as level, date '2024-02-29' as day,
      timestamp '2024-02-29 13:45:00.5' as time, timestamptz '2024-02-29 13:45:00+01' as instant, timestamp_s '2024-02-29 13:45:00' as seconds,
      time '13:45' as hour`);
  expect({ source, lines, isTyped }).toEqual({ source: 'the query', lines: [1], isTyped: true });
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.fromEntries(header.map((name, j) => [name, records[0][j]]))).toEqual({
    open: true,
    small: 1,
    power: 2,
    id: 2n ** 60n + 1n,
    price: 12.34,
    half: -0.5,
    gap: null,
    none: null,
    plan: 'x',
    level: 'b',
    day: '2024-02-29',
    time: '2024-02-29T13:45:00.5',
    instant: '2024-02-29T12:45:00.000Z',
    seconds: '2024-02-29T13:45:00',
    hour: '13:45:00',
  });
});

it('reads files with many rows in order', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `${i},${'ab'[i % 2]}`);
  await writeFile(temp('a.csv'), ['id,plan', ...rows].join('\n'));
  await writeFile(temp('b.csv'), 'id,plan\n5000,c\n');
  const records = await queryRecords(`select * from '${temp('*.csv')}' where id <> 7`);
  const table = toTable(records);
  expect(table.nRows).toBe(5000);
  expect(Array.from(table.numeric('id'))).toEqual([...Array(5001).keys()].filter((id) => id !== 7));
  expect((await queryRecords(`select * from '${temp('*.csv')}' where id <> 7`)).sha256).toBe(records.sha256);
  expect((await queryRecords(`select * from '${temp('*.csv')}' where id <> 8`)).sha256).not.toBe(
    records.sha256,
  );
});

it.each([
  ['selec 1', /^the query: Parser Error: syntax error at or near "selec"$/],
  ['select * from nothing_here', /^the query: Catalog Error: Table with name nothing_here does not exist!$/],
  [
    "select * from 'none/*.parquet'",
    /^the query: IO Error: No files found that match the pattern "none\/\*\.parquet"$/,
  ],
  ['', /^the query: expected an SQL statement$/],
  ['select 1 as a where false', /^the query: no rows$/],
  ['select 1 as a, 2 as a', /^the query: column "a" appears twice; rename one with "as"$/],
  ['select [1, 2] as tags', /^the query: column "tags": expected one value per row, got INTEGER\[\]$/],
  [
    "select {'a': 1} as point",
    /^the query: column "point": expected one value per row, got STRUCT\("a" INTEGER\)$/,
  ],
])('reports what is wrong with %j', async (query, message) => {
  const error = await queryRecords(query).catch((thrown) => thrown);
  expect(error).toMatchObject({
    name: 'ChurnError',
    code: 'invalid-file',
    message: expect.stringMatching(message),
  });
});
