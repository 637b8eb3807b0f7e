import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, loadConfig } from './config';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-config-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What a configuration says of its columns and of dates, made of the parts that are given. */
async function dates(columns: string, processing = ''): Promise<Pick<Config, 'data' | 'processing'>> {
  const file = join(folder, 'churn.yaml');
  writeFileSync(
    file,
    `data: { file: d.csv, target: left, positive: 1${columns} }
processing: {${processing}}
models: { one: { type: LogisticRegression } }
`,
  );
  return loadConfig(file);
}

const PARTS = ['year', 'month', 'day', 'weekday'];

describe('columns of dates', () => {
  it('are those declared as dates', async () => {
    const { data, processing } = await dates(', columns: { joined: { kind: date }, age: { kind: numeric } }');
    expect(data.columns?.map(({ kind }) => kind)).toEqual(['date', 'numeric']);
    expect(processing.dates).toEqual({ columns: ['joined'], parts: PARTS });
  });

  it('are taken apart as the processing says', async () => {
    const { processing } = await dates(', columns: { joined: { kind: date } }', 'dates: { parts: [year] }');
    expect(processing.dates).toEqual({ columns: ['joined'], parts: ['year'] });
  });

  it('may be named by the processing, with the columns declared as categories or not at all', async () => {
    const declared = await dates(
      ', columns: { joined: { kind: category }, left: { kind: category }, seen: { kind: date } }',
      'dates: { columns: [joined] }',
    );
    expect(declared.data.columns?.map(({ kind }) => kind)).toEqual(['date', 'category', 'date']);
    expect(declared.processing.dates?.columns).toEqual(['seen', 'joined']);
    const undeclared = await dates('', 'dates: { columns: [joined] }');
    expect(undeclared.data.columns).toBeUndefined();
    expect(undeclared.processing.dates).toEqual({ columns: ['joined'], parts: PARTS });
  });

  it('are not there unless something names them', async () => {
    expect((await dates(', columns: { age: { kind: numeric } }')).processing.dates).toBeUndefined();
    await expect(dates('', 'dates: { parts: [year] }')).rejects.toThrow(
      'churn.yaml: processing.dates: expected a column of kind date in data.columns, got none',
    );
  });
});

describe('how values are read', () => {
  it('has defaults that keep every row and read on', async () => {
    const { data } = await dates('');
    expect(data).toMatchObject({ misfits: 'missing', unlabelled: 'refuse', duplicates: 'keep' });
    expect([data.numbers, data.timeZone]).toEqual([undefined, undefined]);
  });

  it('is checked', async () => {
    const given = ', numbers: { decimal: "," }, timeZone: Europe/Berlin, misfits: refuse, unlabelled: drop';
    expect((await dates(given)).data).toMatchObject({
      numbers: { decimal: ',' },
      timeZone: 'Europe/Berlin',
      misfits: 'refuse',
      unlabelled: 'drop',
    });
  });

  it.each([
    ['numbers: { decimal: ";" }', 'data.numbers.decimal: '],
    ['numbers: { thousands: "," }', 'data.numbers'],
    [
      'timeZone: Mars/Olympus',
      'data.timeZone: expected a time zone such as Europe/Berlin, got "Mars/Olympus"',
    ],
    ['misfits: ignore', 'data.misfits: '],
    ['duplicates: maybe', 'data.duplicates: '],
    ['unlabelled: guess', 'data.unlabelled: '],
    [
      'columns: { joined: { kind: date, dateOrder: yearFirst } }',
      'data.columns: joined: expected "dateOrder" to be "dayFirst" or "monthFirst", got "yearFirst"',
    ],
    [
      'columns: { paid: { kind: category, decimal: "," } }',
      'data.columns: paid: "decimal" has no meaning for a category column',
    ],
  ])('refuses %s', async (given, message) => {
    await expect(dates(`, ${given}`)).rejects.toThrow(message);
  });
});
