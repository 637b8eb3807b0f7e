import fc from 'fast-check';
import { csvRecordFormatter } from '../csv/format-csv';
import { parseCsv } from '../csv/parse-csv';
import type { DatasetColumn } from '../dataset/dataset-schema';
import { objectRecords } from '../json/object-records';
import { convertRecords } from '../records/convert-records';
import type { ColumnEvidence } from './column-evidence';
import { type InspectOptions, inspectRecords } from './inspect-records';

/** The evidence of a column of texts, as of a file of that column alone. */
function inspect(
  values: readonly string[],
  { name = 'x', delimiter = ',', ...options }: InspectOptions & { name?: string; delimiter?: string } = {},
): ColumnEvidence {
  const format = csvRecordFormatter({ delimiter });
  // Another column, so that a line with nothing in this one is no empty line.
  const text = [[name, 'other'], ...values.map((value) => [value, 'o'])].map((row) => format(row)).join('\n');
  return inspectRecords(parseCsv(text, { delimiter }), { columns: [name], ...options })[0];
}

/** Numbers with two decimals that hardly ever repeat. */
const amounts = Array.from({ length: 400 }, (_, i) => ((i * 7919) % 100_003) / 100);
const repeated = (texts: readonly string[], times: number) =>
  Array.from({ length: times }, () => texts).flat();

describe('numbers', () => {
  it('are numbers if all are, or if nothing else is known', () => {
    expect(inspect(['1', '2.5', '', '1', 'N/A'])).toEqual({
      column: { name: 'x', kind: 'numeric' },
      rows: 5,
      missing: 2,
      distinct: 2,
      fits: 1,
      odd: [],
      missingTexts: [{ text: 'N/A', count: 1, line: 6 }],
      examples: ['1', '2.5'],
      decision: 'learn',
      reason: 'numbers',
      warnings: [],
    });
    expect(inspect(['', ''])).toMatchObject({
      column: { kind: 'numeric' },
      decision: 'drop',
      reason: 'no values',
    });
  });

  it('stay numbers with a rare invalid text, which is reported and read as missing', () => {
    const texts = amounts.map(String);
    texts[6] = 'see note';
    texts[9] = 'see note';
    texts[11] = 'inf';
    expect(inspect(texts)).toMatchObject({
      column: { name: 'x', kind: 'numeric', missing: ['see note', 'inf'] },
      missing: 0,
      fits: 0.9925,
      odd: [
        { text: 'see note', count: 2, line: 8 },
        { text: 'inf', count: 1, line: 13 },
      ],
      decision: 'learn',
      reason: '99.25% numbers',
      warnings: [
        '3 values are not numbers and are read as missing: "see note" (2 times, first in line 8), "inf" (line 13)',
      ],
    });
  });

  it('are categories if more than one in ten is not a number, which is reported if most are numbers', () => {
    const evidence = inspect([...amounts.slice(0, 80).map(String), ...repeated(['never'], 20)]);
    expect(evidence).toMatchObject({ column: { kind: 'category' }, decision: 'learn' });
    expect(evidence.warnings).toEqual([
      '80% are numbers, too few to read the column as numbers: "never" in line 82 is not one; to do so anyway, declare kind: numeric and list the other texts in missing',
    ]);
  });

  it.each([
    ['3+', 0.02],
    ['<1', 0.02],
    ['5 or more', 0.02],
    ['all', 0.06],
  ])('are codes if few are distinct and %s is one of them', (code, share) => {
    const n = 1000;
    const texts = Array.from({ length: n }, (_, i) => (i < share * n ? code : String(i % 4)));
    expect(inspect(texts)).toMatchObject({
      column: { kind: 'category' },
      reason: `few different numbers, with "${code}" among them`,
    });
    // One slip of the pen is no code.
    texts.fill('1', 1, share * n);
    expect(inspect(texts)).toMatchObject({ column: { kind: 'numeric', missing: [code] } });
  });

  it('with leading zeros may be codes, which is reported', () => {
    expect(inspect(['01234', '98765', '00501'])).toMatchObject({
      column: { kind: 'numeric' },
      warnings: ['"01234" and the like may be codes rather than numbers; if so, declare kind: category'],
    });
  });

  it('above 2^53 are text', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `400123456789000${i + 10}`);
    expect(inspect(ids)).toMatchObject({ column: { kind: 'category' }, decision: 'drop', distinct: 30 });
    const typed = objectRecords(
      ids.map((id) => ({ x: BigInt(id) })),
      ['x'],
    );
    expect(inspectRecords(typed)[0]).toMatchObject({ column: { kind: 'category' }, distinct: 30 });
  });
});

describe('the format of numbers', () => {
  const number = (value: number, locale: string) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(value);
  it.each<[string, (value: number) => string, Partial<DatasetColumn>, string]>([
    ['a comma', (v) => v.toFixed(2).replace('.', ','), { decimal: ',' }, 'numbers, decimal comma'],
    [
      'points and a comma',
      (v) => number(v * 100, 'de-DE'),
      { decimal: ',' },
      'numbers, decimal comma, thousands separators',
    ],
    ['commas and a point', (v) => number(v * 100, 'en-US'), {}, 'numbers, thousands separators'],
    ['a currency', (v) => `$${v.toFixed(2)}`, {}, 'numbers, currency $'],
    ['a percent sign', (v) => `${v}%`, {}, 'numbers, percent'],
    [
      'brackets',
      (v) => (v > 500 ? `(${v.toFixed(2)})` : v.toFixed(2)),
      {},
      'numbers, negatives in brackets or with a trailing minus',
    ],
  ])('is reported: %s', (_, format, column, reason) => {
    const texts = amounts.map(format);
    expect(inspect(texts)).toMatchObject({
      column: { kind: 'numeric', ...column },
      reason,
      fits: 1,
      warnings: [],
    });
  });

  it('is that of the majority of values', () => {
    const texts = amounts.map((value) => value.toFixed(2).replace('.', ','));
    texts[3] = '12.5';
    expect(inspect(texts)).toMatchObject({
      column: { decimal: ',', missing: ['12.5'] },
      odd: [{ text: '12.5', count: 1, line: 5 }],
    });
  });

  it('is asked for if ambiguous, and has a default', () => {
    const texts = ['1,234', '5,678', '12', '9,012'];
    const [thousands, decimals] = [inspect(texts), inspect(texts, { delimiter: ';' })];
    expect(thousands.column.decimal).toBeUndefined();
    expect(thousands.warnings).toEqual([
      '"1,234" is ambiguous; the decimal mark is assumed to be a point; set decimal',
    ]);
    expect(decimals.column.decimal).toBe(',');
    expect(decimals.warnings).toEqual([
      '"1,234" is ambiguous; the decimal mark is assumed to be a comma; set decimal',
    ]);
    expect(inspect(['1.234', '5.678']).warnings).toEqual([]);
  });

  it('is that of the other columns if ambiguous', () => {
    const records = parseCsv('a;b;c\n1.234;0,5;1,234\n5.678;0,75;9,012\n', { delimiter: ';' });
    const { table } = convertRecords(records);
    expect(table.toRows()).toEqual([
      { a: 1234, b: 0.5, c: 1.234 },
      { a: 5678, b: 0.75, c: 9.012 },
    ]);
  });

  it('is questioned if currencies or percent signs are mixed', () => {
    expect(inspect(['$5', '€6', '$7']).warnings).toEqual([
      'more than one currency ($, €), which are read as the same',
    ]);
    expect(inspect(['5%', '6', '7%']).warnings).toEqual([
      'some numbers have a percent sign and others do not',
    ]);
  });
});

describe('dates', () => {
  const days = Array.from({ length: 60 }, (_, i) =>
    new Date(Date.UTC(2024, 0, 1 + 3 * i)).toISOString().slice(0, 10),
  );
  const written = (order: readonly number[], mark: string) =>
    days.map((day) => order.map((part) => day.split('-')[part]).join(mark));

  it.each<[string, string[], Partial<DatasetColumn>, string]>([
    ['ISO', days, {}, 'dates'],
    ['day first', written([2, 1, 0], '/'), { dateOrder: 'dayFirst' }, 'dates, day first'],
    ['month first', written([1, 2, 0], '/'), { dateOrder: 'monthFirst' }, 'dates, month first'],
  ])('are dates in the order that all of them imply: %s', (_, texts, column, reason) => {
    expect(inspect(texts)).toMatchObject({
      column: { kind: 'date', ...column },
      reason,
      distinct: 60,
      warnings: [],
    });
  });

  it('stay dates with a rare invalid text', () => {
    expect(inspect([...days, 'unknown', 'soon'])).toMatchObject({
      column: { kind: 'date', missing: ['soon'] },
      missing: 1,
      missingTexts: [{ text: 'unknown' }],
      odd: [{ text: 'soon', count: 1, line: 63 }],
    });
  });

  it.each([
    [['01/02/2024', '01/03/2024', '01/04/2024'], 'dayFirst'],
    [['02/01/2024', '03/01/2024', '04/01/2024'], 'monthFirst'],
    [['01/02/2024', '02/03/2024'], 'monthFirst'],
    [['01.02.2024', '02.03.2024'], 'dayFirst'],
  ])('ask for the order if no day exceeds 12, and have a default: %j', (texts, dateOrder) => {
    const { column, warnings } = inspect(texts);
    expect(column).toEqual({ name: 'x', kind: 'date', dateOrder });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/and others are ambiguous; read as .*; set dateOrder$/);
  });
});

describe('booleans', () => {
  it.each([
    [['True', 'False'], 'boolean'],
    [['true', 'FALSE', 'True'], 'boolean'],
    [['Yes', 'no', 'NO'], 'boolean'],
    [['yes', 'no', '1', '0'], 'boolean'],
    [['Yes', 'No'], 'category'],
    [['Y', 'N'], 'category'],
    [['1', '0'], 'numeric'],
    [['F', 'N', 'Y'], 'category'],
    [['True', 'False', 'maybe'], 'category'],
  ])('%j are %s', (texts, kind) => {
    expect(inspect(repeated(texts, 10)).column.kind).toBe(kind);
  });
});

describe('IDs', () => {
  const n = 400;
  const many = (text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i));
  // Without repeats, though in no order.
  const scattered = (i: number) => (i * 7919 + 13) % 100_003;

  it.each<[string, string, string[], RegExp]>([
    ['by name', 'customerID', many((i) => String(scattered(i))), /^an ID by its name: 400 different values$/],
    ['by name', 'CLIENTNUM', many((i) => String(scattered(i))), /by its name/],
    ['by name', 'PassengerId', many((i) => String(scattered(i))), /by its name/],
    ['by name', 'ClienteID', many((i) => String(scattered(i))), /by its name/],
    ['by name', 'Kundennummer', many((i) => String(scattered(i))), /by its name/],
    ['by name', 'account_no', many((i) => String(scattered(i))), /by its name/],
    ['by name', '', many((i) => String(scattered(i))), /by its name/],
    ['in sequence', 'x', many((i) => String(5000 + 2 * i)), /^an ID: 400 different integers in sequence$/],
    ['long', 'x', many((i) => String(700_000_000 + 101 * scattered(i))), /integers of 9 digits$/],
    [
      'of one form',
      'x',
      many((i) => `${1000 + i}-AB`),
      /^an ID: 400 different texts, all of the form 1000-AB$/,
    ],
    ['free text', 'x', many((i) => `${'no'.repeat(i % 7)} ${i}`), /^free text: 400 different texts$/],
    ['one value', 'x', many(() => '7'), /^the same value in every row$/],
  ])('are dropped: %s %s', (_, name, texts, reason) => {
    const found = inspect(texts, { name, columns: name === '' ? ['Unnamed: 0'] : [name] });
    expect(found).toMatchObject({ decision: 'drop', reason: expect.stringMatching(reason) });
  });

  it.each<[string, string, string[]]>([
    ['amounts in cents', 'balance', many((i) => String(100_000 + 9 * scattered(i)))],
    ['amounts', 'account_balance', amounts.map((v) => v.toFixed(2))],
    ['fractions, whatever the name', 'id', amounts.map((v) => String(v + 0.001))],
    ['seconds since 1970', 'signup_ts', many((i) => String(1_700_000_000 + 997 * i))],
    ['few rows', 'id', ['1', '2', '3']],
    ['values that repeat', 'id', many((i) => String(i >> 1))],
    ['one value and missing ones', 'x', many((i) => (i % 2 === 0 ? 'a' : ''))],
    ['the word inside another', 'paid', many((i) => String(100_000 + 9 * scattered(i)))],
  ])('are not: %s', (_, name, texts) => {
    expect(inspect(texts, { name })).toMatchObject({ decision: 'learn' });
  });

  it('are counted if they are kept without proof', () => {
    const texts = many((i) => `T${Math.floor(i * 0.7)}`);
    expect(inspect(texts).warnings).toEqual([
      '280 different categories in 400 rows; if they are codes such as ticket numbers, drop the column',
    ]);
    const few = Array.from({ length: 60 }, (_, i) => `T${Math.floor(i * 0.7)}`);
    expect(inspect(few).warnings).toEqual([
      expect.stringContaining('42 different categories in 60 rows; if'),
    ]);
    expect(inspect(few.map((text) => text.slice(0, 2))).warnings).toEqual([]);
  });
});

it('reports how far declared columns match their declarations', () => {
  const schema: DatasetColumn[] = [
    { name: 'n', kind: 'numeric', decimal: ',', min: 0 },
    { name: 'd', kind: 'date' },
    { name: 'c', kind: 'category' },
  ];
  const records = parseCsv('n;d;c\n1,5;20240229;1\nx;29/02/2024;2\n', { delimiter: ';' });
  expect(inspectRecords(records, { schema })).toMatchObject([
    { column: { ...schema[0], missing: ['x'] }, fits: 0.5, odd: [{ text: 'x', line: 3 }], decision: 'learn' },
    { column: { ...schema[1], dateOrder: 'dayFirst' }, fits: 1 },
    { column: schema[2], fits: 1, distinct: 2 },
  ]);
});

const ODD =
  'NULL|#N/A|?|unknown|TBD|error|#DIV/0!|abc|12abc|--|inf|-inf|1.2.3|n.d.|pending|see note|😀|٣|None|nan|<NA>|-|n/a|missing|' +
  'x|N.A.|#REF!|0x10|1e999|1_0|12:30|twelve|*|**|/|\\|$|%|€|()|+|1-2-3-4|12,5,5|"|\'|=A1|<5|>100|3+|1/2|yes|true|FALSE|null';

it('invalid texts among numbers change neither the kind nor other values, and each is reported', () => {
  const numbers = fc.oneof(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: -1e6, max: 1e6 }),
  );
  const columns = fc.array(numbers, { minLength: 400, maxLength: 450 });
  const places = fc.array(fc.tuple(fc.nat({ max: 399 }), fc.constantFrom(...ODD.split('|'))), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(columns, places, (values, odd) => {
      const texts = values.map(String);
      for (const [row, text] of odd) texts[row] = text;
      const records = {
        source: 'x',
        header: ['x'],
        records: texts.map((text) => [text]),
        lines: texts.map((_, i) => i + 1),
      };
      const [{ column, odd: told, missingTexts }] = inspectRecords(records);
      expect(column.kind).toBe('numeric');
      const { table, schema } = convertRecords(records, { schema: [column] });
      expect(schema).toEqual([column]);
      const expected = values.map((value, row) => (odd.some(([at]) => at === row) ? NaN : value + 0));
      expect(Array.from(table.numeric('x'), (value) => value + 0)).toEqual(expected);
      const counted = [...told, ...missingTexts].reduce((sum, { count }) => sum + count, 0);
      expect(counted).toBe(expected.filter(Number.isNaN).length);
    }),
    { numRuns: 200 },
  );
});

it('inferred types are the same for texts and typed values', () => {
  const pools: fc.Arbitrary<unknown>[] = [
    // Without -0, which String writes as 0.
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((value) => value + 0),
    ),
    fc.integer({ min: 0, max: 3 }),
    fc.boolean(),
    fc.constantFrom('Yes', 'No', 'yes'),
    fc.constantFrom('a', 'b', ' b', 'NA', 'None', '1.0', 1, '1'),
    fc.constantFrom('2024-02-29', '29/02/2024', '2024-02-29T10:00:00Z', '01/02/2023'),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }),
    fc.constantFrom<unknown>(1, 2, 3, 4, '$5', '1,234', 'x', true),
  ];
  const columns = fc
    .tuple(fc.constantFrom(...pools), fc.nat({ max: 3 }))
    .chain(([pool, gaps]) => fc.array(gaps > 0 ? pool : fc.option(pool), { minLength: 1, maxLength: 60 }));
  fc.assert(
    fc.property(columns, (values) => {
      const typed = objectRecords(
        values.map((x) => ({ x })),
        ['x'],
      );
      const texts = {
        ...typed,
        isTyped: false,
        records: values.map((value) => [value === null ? '' : String(value)]),
      };
      expect(inspectRecords(typed)).toEqual(inspectRecords(texts));
      const [a, b] = [convertRecords(typed), convertRecords(texts)];
      expect(Array.from(a.table.entries())).toEqual(Array.from(b.table.entries()));
      expect(a.invalidValues.map(({ row }) => row)).toEqual(b.invalidValues.map(({ row }) => row));
    }),
    { numRuns: 500 },
  );
});

it('counts the missing values listed by the user, including numbers', () => {
  const { column, missing, distinct, fits } = inspect(['1', '-999', '-999.0', '2', 'x', ''], {
    missingValues: ['-999', 'x'],
  });
  expect({ column, missing, distinct, fits }).toEqual({
    column: { name: 'x', kind: 'numeric' },
    missing: 4,
    distinct: 2,
    fits: 1,
  });
});

describe('information that would be lost silently', () => {
  const n = 400;
  const texts = (text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i));

  it('is reported if points may be thousands separators', () => {
    const evidence = inspect(texts((i) => (i % 3 === 0 ? String(100 + i) : `${1 + (i % 4)}.${100 + i}`)));
    expect(evidence.column).toEqual({ name: 'x', kind: 'numeric' });
    expect(evidence.warnings).toEqual([
      '"1.234" is ambiguous; the decimal mark is assumed to be a point; set decimal',
    ]);
    // Numbers below 1 or above 999 say that the point is a decimal one.
    expect(inspect(texts((i) => (i === 7 ? '0.250' : `${1 + (i % 4)}.${100 + i}`))).warnings).toEqual([]);
    expect(inspect(texts((i) => (i === 7 ? '1500' : `${1 + (i % 4)}.${100 + i}`))).warnings).toEqual([]);
  });

  it('is reported if there are too few dates, or numbers in two notations', () => {
    const dates = texts((i) => (i % 5 === 0 ? '0000-00-00' : `2024-0${1 + (i % 9)}-1${i % 10}`));
    expect(inspect(dates).warnings[0]).toMatch(
      /^80% are dates, too few to read the column as dates: "0000-00-00"/,
    );
    const mixed = texts((i) => (i % 2 === 0 ? `${1 + i}.410,38` : `${1 + i},136.61`));
    expect(inspect(mixed).warnings[0]).toMatch(/^50% are numbers, too few /);
  });

  it('is reported if times have an offset and no time zone is given', () => {
    const evidence = inspect(texts((i) => `2024-01-${10 + (i % 19)}T00:00:00+02:00`));
    expect(evidence.column.kind).toBe('date');
    expect(evidence.warnings).toEqual([
      'times with an offset, such as "2024-01-10T00:00:00+02:00", are converted to UTC, where the day may differ; set timeZone',
    ]);
  });
});
