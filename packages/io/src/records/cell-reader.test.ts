import fc from 'fast-check';
import type { DatasetColumn } from '../dataset/dataset-schema';
import { type CellReader, cellReader, isInvalidValue, type ValueOptions } from './cell-reader';
import { readColumn } from './read-column';

type Column = Omit<DatasetColumn, 'name'>;

describe('cellReader', () => {
  it.each<[Column, unknown, ReturnType<CellReader>]>([
    [{ kind: 'numeric' }, 1.5, 1.5],
    [{ kind: 'numeric' }, ' 1.5 ', 1.5],
    [{ kind: 'numeric' }, '$1,234.50', 1234.5],
    [{ kind: 'numeric', decimal: ',' }, '1.234', 1234],
    [{ kind: 'numeric', decimal: ',' }, 1.234, 1.234],
    [{ kind: 'numeric' }, -(2n ** 60n), -(2 ** 60)],
    [{ kind: 'numeric' }, true, 1],
    [{ kind: 'numeric' }, false, 0],
    [{ kind: 'category' }, ' A ', 'A'],
    [{ kind: 'category' }, 'TRUE', 'true'],
    [{ kind: 'category' }, true, 'true'],
    [{ kind: 'category' }, '1.0', '1'],
    [{ kind: 'category' }, 1, '1'],
    [{ kind: 'category' }, '007', '007'],
    [{ kind: 'category' }, 2n ** 60n, '1152921504606846976'],
    [{ kind: 'category' }, 'None', 'None'],
    [{ kind: 'category' }, 'NA', 'NA'],
    [{ kind: 'boolean' }, 'Y', 'true'],
    [{ kind: 'boolean' }, 'off', 'false'],
    [{ kind: 'boolean' }, 0, 'false'],
    [{ kind: 'boolean' }, false, 'false'],
    [{ kind: 'date' }, '2024-02-29T13:45:00.000Z', '2024-02-29T13:45:00'],
    [{ kind: 'date' }, new Date('2024-02-29'), '2024-02-29'],
    [{ kind: 'date' }, 20240229, '2024-02-29'],
    [{ kind: 'date', dateOrder: 'dayFirst' }, '29.02.2024', '2024-02-29'],
  ])('reads as %p the value %p', (column, value, cell) => {
    expect(cellReader(column)(value)).toBe(cell);
  });

  it.each<[Column, unknown, string, string]>([
    [{ kind: 'numeric' }, 'many', 'a number', '"many"'],
    [{ kind: 'numeric' }, 'inf', 'a number', '"inf"'],
    [{ kind: 'numeric' }, 'True', 'a number', '"True"'],
    [{ kind: 'numeric' }, Infinity, 'a number', 'Infinity'],
    [{ kind: 'numeric' }, [1], 'a number', 'a list'],
    [{ kind: 'numeric' }, 'x'.repeat(500), 'a number', `"${'x'.repeat(60)}…"`],
    [{ kind: 'numeric', decimal: ',' }, '1.5', 'a number such as 1234,5', '"1.5"'],
    [{ kind: 'category' }, {}, 'text', 'an object'],
    [{ kind: 'category' }, -Infinity, 'text', '-Infinity'],
    [
      { kind: 'category' },
      2 ** 53,
      'text',
      'an integer beyond 2^53, which may have lost digits; put it in quotes',
    ],
    [{ kind: 'boolean' }, 'maybe', 'true or false', '"maybe"'],
    [{ kind: 'boolean' }, 2, 'true or false', '2'],
    [{ kind: 'date' }, '29.02.2024', 'a date such as 2024-02-29', '"29.02.2024"'],
    [{ kind: 'date' }, '2023-02-29', 'a date such as 2024-02-29', '"2023-02-29" (there is no such day)'],
    [
      { kind: 'date', dateOrder: 'dayFirst' },
      '29.02.2030',
      'a date such as 29.02.2024',
      '"29.02.2030" (there is no such day)',
    ],
    [
      { kind: 'date', dateOrder: 'monthFirst' },
      '13/25/2024',
      'a date such as 02/29/2024',
      '"13/25/2024" (there is no such day)',
    ],
    [{ kind: 'date', dateOrder: 'dayFirst' }, 'soon', 'a date such as 29.02.2024', '"soon"'],
    [{ kind: 'date' }, { year: 2024 }, 'text', 'an object'],
  ])('reports for %p that %p is invalid', (column, value, expected, received) => {
    expect(cellReader(column)(value)).toEqual({ expected, received });
  });

  it.each(['numeric', 'category', 'boolean', 'date'] as const)(
    'treats no text as missing in a %s',
    (kind) => {
      const read = cellReader({ kind });
      for (const value of [null, undefined, NaN, '', '  ', 'N/A', ' NULL ']) expect(read(value)).toBeNull();
    },
  );

  it.each(
    'na NA n/a #N/A <NA> none nil NaN -NaN - -- ? . missing undefined unknown #DIV/0! #VALUE! #REF! #NAME? #NUM! #NULL!'.split(
      ' ',
    ),
  )('treats %s as missing in numbers and dates, in any case', (text) => {
    for (const spelt of [text, text.toUpperCase(), ` ${text.toLowerCase()} `]) {
      expect(cellReader({ kind: 'numeric' })(spelt)).toBeNull();
      expect(cellReader({ kind: 'date' })(spelt)).toBeNull();
    }
  });

  it('treats the texts of the column as missing in addition to the usual ones, numbers in any notation', () => {
    const read = cellReader({ kind: 'numeric', missing: ['TBD', '-999'] });
    expect(['tbd', '-999', '-999.0', -999, 'n/a', '999'].map(read)).toEqual([
      null,
      null,
      null,
      null,
      null,
      999,
    ]);
    const category = cellReader({ kind: 'category', missing: ['None', '1'] });
    expect(['None', 'none', '1.0', 1, ''].map(category)).toEqual([null, 'none', null, null, null]);
    const date = cellReader({ kind: 'date', missing: ['9999-12-31'] });
    expect(date('9999-12-31 00:00:00')).toBeNull();
  });

  it('uses the texts of the user instead of the usual ones', () => {
    const missingValues = ['', 'X'];
    expect(cellReader({ kind: 'numeric' }, { missingValues })('x')).toBeNull();
    expect(cellReader({ kind: 'numeric' }, { missingValues })('N/A')).toEqual({
      expected: 'a number',
      received: '"N/A"',
    });
    expect(['x', 'X', 'N/A'].map(cellReader({ kind: 'category' }, { missingValues }))).toEqual([
      'x',
      null,
      'N/A',
    ]);
  });

  it('keeps categories as written if requested', () => {
    const read = cellReader({ kind: 'category' }, { categories: 'asWritten', missingValues: ['', 'NA'] });
    expect([' True ', '1.0', ' NA ', 'N/A', true].map(read)).toEqual([' True ', '1.0', null, 'N/A', 'true']);
  });

  it('converts dates to a time zone', () => {
    const read = cellReader({ kind: 'date' }, { timeZone: 'America/New_York' });
    expect(read('2024-03-01T01:00:00Z')).toBe('2024-02-29T20:00:00');
    expect(read(new Date('2024-03-01T05:00:00Z'))).toBe('2024-03-01');
  });
});

it('a column is read like its cells', () => {
  const columns = fc.record<Column>(
    {
      kind: fc.constantFrom('numeric', 'category', 'boolean', 'date'),
      decimal: fc.constantFrom('.', ','),
      dateOrder: fc.constantFrom('dayFirst', 'monthFirst'),
      missing: fc.subarray(['tbd', '1', '-999', 'yes', '2024-02-29', 'true']),
    },
    { requiredKeys: ['kind'] },
  );
  const options = fc.record<ValueOptions>(
    {
      missingValues: fc.subarray(['', 'NA', '-', '0', 'True']),
      timeZone: fc.constantFrom('UTC', 'Asia/Kolkata'),
      categories: fc.constantFrom('canonical', 'asWritten'),
    },
    { requiredKeys: [] },
  );
  const spelt =
    '1|1.0|01|-0|-999|1,5|1.234|$5|3%|(5)|true|TRUE|Yes|y|off|2024-02-29|29/02/2024|02/03/24|Feb 29, 2024|2024-02-29T13:45:00+01:00| a |a|NA|na|-|tbd|None|';
  const values = fc.oneof(
    fc.constantFrom<unknown>(...spelt.split('|')),
    fc.constantFrom<unknown>(null, undefined, true, false, 1n, 2n ** 60n, new Date(0), [], {}, 20240229),
    fc.double(),
    fc.string(),
  );
  fc.assert(
    fc.property(columns, options, fc.array(values), (column, given, from) => {
      const read = cellReader(column, given);
      const { column: found, invalidValues } = readColumn(from, column, given);
      const cells = from.map(read);
      expect(invalidValues).toEqual(
        cells.flatMap((cell, row) => (isInvalidValue(cell) ? [{ row, ...cell }] : [])),
      );
      const expected = cells.map((cell) => (isInvalidValue(cell) ? null : cell));
      const received =
        found.kind === 'numeric'
          ? Array.from(found.values, (value) => (Number.isNaN(value) ? null : value))
          : Array.from(found.codes, (code) => (code < 0 ? null : found.levels[code]));
      expect(received).toEqual(expected);
      // What was read is read again as it is, but for what a comma would make of a number's point.
      if (column.kind !== 'numeric') expect(expected.map(read)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});
