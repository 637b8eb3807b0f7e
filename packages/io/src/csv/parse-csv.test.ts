import fc from 'fast-check';
import { formatCsv } from './format-csv';
import { parseCsv } from './parse-csv';
import { splitPlain } from './split-plain';
import { splitQuoted } from './split-quoted';

const refusal = (message: string | RegExp, code = 'invalid-file') =>
  expect.objectContaining({
    name: 'ChurnError',
    code,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
const source = 'customers.csv';

describe('parseCsv', () => {
  it('returns header, records and lines', () => {
    expect(parseCsv('name,age\nAnn,45\nBob,49\n', { source })).toEqual({
      source,
      delimiter: ',',
      header: ['name', 'age'],
      records: [
        ['Ann', '45'],
        ['Bob', '49'],
      ],
      lines: Int32Array.of(2, 3),
    });
  });

  it('reads quoted fields with delimiters, quotes and line ends', () => {
    const { records } = parseCsv('a,b\n"x, y","say ""hi"""\n"two\nlines",""\n');
    expect(records).toEqual([
      ['x, y', 'say "hi"'],
      ['two\nlines', ''],
    ]);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('counts lines correctly with %s inside and between records', (_, end) => {
    const text = ['', 'a,b', '', '1,"x', '', 'y"', '2,z', '', '"3","w', '"', '4,', '', ''].join(end);
    const { records, lines } = parseCsv(text);
    expect(records).toEqual([
      ['1', `x${end}${end}y`],
      ['2', 'z'],
      ['3', `w${end}`],
      ['4', ''],
    ]);
    expect(Array.from(lines)).toEqual([4, 7, 9, 11]);
  });

  it('accepts CRLF and LF in one file', () => {
    expect(parseCsv('a,b\r\n1,2\n3,4\r\n').records).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('skips one byte order mark', () => {
    const text = '\uFEFFa\n1\n';
    expect(parseCsv(text).header).toEqual(['a']);
    expect(parseCsv(new TextEncoder().encode(text)).header).toEqual(['a']);
    expect(parseCsv('\uFEFF"a"\n1\n').header).toEqual(['a']);
  });

  it('skips empty lines, but not an empty quoted field', () => {
    const { records, lines } = parseCsv('a\n\n""\n1\n\n\n');
    expect(records).toEqual([[''], ['1']]);
    expect(Array.from(lines)).toEqual([3, 4]);
  });

  it('accepts another delimiter', () => {
    expect(parseCsv('a;b\n1,5;"x;y"\n', { delimiter: ';' }).records).toEqual([['1,5', 'x;y']]);
    expect(parseCsv('a\tb\n1\t2\n', { delimiter: '\t' }).records).toEqual([['1', '2']]);
  });

  it('keeps empty header names', () => {
    expect(parseCsv(',a,\n0,1,2\n').header).toEqual(['', 'a', '']);
  });

  it('keeps a last line without a line end, and names of object properties', () => {
    expect(parseCsv('__proto__,constructor\n1,2')).toMatchObject({
      header: ['__proto__', 'constructor'],
      records: [['1', '2']],
    });
  });

  it.each(['', '\n\n', '\uFEFF'])('rejects a text without a header: %j', (text) => {
    expect(() => parseCsv(text, { source })).toThrow(
      refusal('customers.csv: empty, expected a header line and rows'),
    );
  });

  it('rejects a header without rows unless allowed', () => {
    expect(() => parseCsv('a,b\n', { source })).toThrow(refusal('customers.csv: a header line, but no rows'));
    expect(parseCsv('a,b\n', { allowNoRows: true })).toMatchObject({ header: ['a', 'b'], records: [] });
  });

  it('rejects repeated column names', () => {
    expect(() => parseCsv('\na,b,a\n1,2,3\n', { source })).toThrow(
      refusal('customers.csv, line 2: column "a" appears twice in the header, as field 1 and field 3'),
    );
    expect(() => parseCsv(',Unnamed: 0\n1,2\n')).toThrow(refusal(/column "Unnamed: 0" appears twice/));
  });

  it('rejects a record with too few or too many fields', () => {
    expect(() => parseCsv('a,b,c\n1,2,3\n\n1\n', { source })).toThrow(
      refusal(
        'customers.csv, line 4: expected 3 fields as in the header, got 1; no value for column "b"; the last line "1" may be a footer, or truncated',
      ),
    );
    expect(() => parseCsv('a,b,c\n1\n1,2,3\n', { source })).toThrow(
      refusal('customers.csv, line 2: expected 3 fields as in the header, got 1; no value for column "b"'),
    );
    expect(() => parseCsv('a,b\n"1\n",2\n1,2,3\n', { source })).toThrow(
      refusal('customers.csv, line 4: expected 2 fields as in the header, got 3'),
    );
  });

  it('rejects a quote that is never closed', () => {
    expect(() => parseCsv('a,b\r\n1,"x\r\ny"\r\n\r\n3,"4\r\n5,6\r\n', { source })).toThrow(
      refusal('customers.csv, line 5, column "b": a quote is opened here and never closed'),
    );
    expect(() => parseCsv('a,"b\n', { source })).toThrow(
      refusal('customers.csv, line 1, field 2: a quote is opened here and never closed'),
    );
  });

  it('rejects a misplaced quote', () => {
    expect(() => parseCsv('a,b\n1,2\n"3"4,5\n', { source })).toThrow(
      refusal(/^customers\.csv, line 3, column "a": text follows a closing quote/),
    );
    expect(() => parseCsv('a,\n1,5" pipe\n', { source })).toThrow(
      refusal(/^customers\.csv, line 2, column "Unnamed: 1": a quote is inside a field/),
    );
  });

  it('rejects bytes that are not UTF-8, naming the line', () => {
    const latin1 = Buffer.from('name\nAnn\nJosé\n', 'latin1');
    expect(() => parseCsv(latin1, { source })).toThrow(
      refusal(
        'customers.csv, line 3: not UTF-8 text; save the file as UTF-8, or set the option encoding to its encoding, such as windows-1252',
      ),
    );
    expect(() => parseCsv(Buffer.from('name\nAnn\n', 'utf16le'), { source })).toThrow(
      refusal(/^customers\.csv, line 1: not UTF-8 text/),
    );
  });

  it('reads UTF-16 by its byte order mark, and other encodings by their names', () => {
    const text = 'name,city\nZoë,"Łódź\n2"\n';
    const big = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    const records = [['Zoë', 'Łódź\n2']];
    expect(parseCsv(Buffer.from(`\uFEFF${text}`, 'utf16le')).records).toEqual(records);
    expect(parseCsv(big).records).toEqual(records);
    expect(parseCsv(Buffer.from(text, 'utf16le'), { encoding: 'utf-16le' }).records).toEqual(records);
    // A byte order mark says more than a name does.
    expect(parseCsv(Buffer.from(`\uFEFF${text}`), { encoding: 'windows-1252' }).records).toEqual(records);
    // The euro sign is what windows-1252 has and ISO 8859-1 has not.
    const western = Uint8Array.from([...Buffer.from('name,price\nJos'), 0xe9, 0x2c, 0x80, 0x31, 0x0a]);
    for (const encoding of ['windows-1252', 'latin1', 'ISO-8859-1']) {
      expect(parseCsv(western, { encoding }).records).toEqual([['José', '€1']]);
    }
  });

  it('rejects unknown encodings and bytes that are invalid in them', () => {
    expect(() => parseCsv('', { source, encoding: 'utf-7' })).not.toThrow(/encoding/);
    expect(() => parseCsv(Buffer.from('a\n1\n'), { encoding: 'utf-7' })).toThrow(
      refusal(/^encoding: expected the name of an encoding, such as .*, got "utf-7"$/, 'invalid-parameter'),
    );
    const half = Buffer.from('\uFEFFa\n1\n', 'utf16le').subarray(0, -1);
    expect(() => parseCsv(half, { source })).toThrow(
      refusal('customers.csv: not text in the encoding utf-16le; set the option encoding to another'),
    );
  });

  it('uses the delimiter of the sep= line of Excel, and counts the line', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { header, records, lines } = parseCsv(['sep=;', 'a;b', '"1,5";2', '3;4'].join(end));
      expect({ header, records, lines: Array.from(lines) }).toEqual({
        header: ['a', 'b'],
        records: [
          ['1,5', '2'],
          ['3', '4'],
        ],
        lines: [3, 4],
      });
    }
    expect(parseCsv('\uFEFFSEP=\t\na\tb\n1\t2\n', { delimiter: ';' }).header).toEqual(['a', 'b']);
    expect(() => parseCsv('sep=;\na;b\n1;2;3\n', { source })).toThrow(/^customers\.csv, line 3: /);
    expect(() => parseCsv('sep=;\na;b\n1;"2\n', { source })).toThrow(/^customers\.csv, line 3, column "b": /);
    expect(parseCsv(formatCsv(['sep=;'], [['sep=,']])).records).toEqual([['sep=,']]);
  });

  it('suggests another delimiter', () => {
    const told = (text: string) =>
      refusal(
        `customers.csv: expected fields separated by ",", but the header ${text}; set the option delimiter`,
      );
    expect(() => parseCsv('a;b\n1,5;2\n', { source })).toThrow(told('"a;b" has ";"'));
    expect(() => parseCsv('\n"a, b";"c"\n1;2\n', { source })).toThrow(told('"\\"a, b\\";\\"c\\"" has ";"'));
    expect(() => parseCsv('a\tb', { source })).toThrow(told('"a\\tb" has "\\t"'));
    expect(() => parseCsv('a,b\n1,2\n', { source, delimiter: ';' })).toThrow(
      /expected fields separated by ";", .* has ","/,
    );
    // In quotes it is a part of the name.
    expect(parseCsv('"a;b"\n1\n').header).toEqual(['a;b']);
    expect(parseCsv(formatCsv(['a;b'], [['x|y']])).records).toEqual([['x|y']]);
  });

  it.each([
    ['Total,,1938245.76', 4],
    ['TOTAL', 4],
    ['"Grand total:",5', 4],
    ['3 rows selected.', 4],
    ['(3 rows)', 4],
    ['Summe;;5', 4],
    ['Rows: 3', 4],
    ['End of report', 4],
  ])('recognizes a footer with too few fields: %j', (footer, columns) => {
    const delimiter = footer.includes(';') ? ';' : ',';
    const header = Array.from({ length: columns }, (_, i) => `c${i}`).join(delimiter);
    const row = header.replaceAll('c', '');
    const shown = JSON.stringify(footer);
    expect(() => parseCsv(`${header}\n${row}\n${footer}\n`, { source, delimiter })).toThrow(
      refusal(
        `customers.csv, line 3: looks like a footer: ${shown}; expected 4 fields as in the header, got ${footer.split(delimiter).length}`,
      ),
    );
  });

  it('notes a footer with as many fields as the header', () => {
    const rows = 'id,age,balance,plan\n1,40,5000,plus\n2,41,5200,pro\n';
    expect(parseCsv(`${rows}Total,,10200,\n`)).toMatchObject({
      records: [{}, {}, ['Total', '', '10200', '']],
      notes: ['line 4 looks like a footer: "Total,,10200,", and is read as a row'],
    });
    expect(parseCsv(`${rows},"sum ",10200, \n`).notes).toHaveLength(1);
    expect(parseCsv(`${rows}Total,80,10200,\n`).notes).toHaveLength(1);
    for (const row of ['Total,40,5000,plus', '3,,,', 'Total Energy,,,', ',,,']) {
      expect(parseCsv(`${rows}${row}\n`).notes).toBeUndefined();
    }
    expect(parseCsv('a,b\nTotal,\n').notes).toBeUndefined();
  });

  it.each(['', '"', '\n', 'a\r'])('rejects the delimiter %j', (delimiter) => {
    expect(() => parseCsv('a\n1\n', { delimiter })).toThrow(
      refusal(/^delimiter: expected a character such as/, 'invalid-parameter'),
    );
  });

  it('calls a text without a source CSV text', () => {
    expect(() => parseCsv('')).toThrow(/^CSV text: /);
  });
});

describe('the two ways to split a text', () => {
  it('agree where there are no quotes', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', ' ', ',', '\n', '\r', '\r\n', 'é', '1') });
    fc.assert(
      fc.property(texts, (text) => {
        expect(splitQuoted(text, ',', source)).toEqual(splitPlain(text, ','));
      }),
    );
  });
});

it('names the format of other files', () => {
  const parquet = Uint8Array.from([...Buffer.from('PAR1'), 0x15, 0xff]);
  expect(() => parseCsv(parquet, { source: 'a.csv' })).toThrow(
    'a.csv: this is a Parquet file, expected text such as CSV',
  );
  expect(() => parseCsv(Uint8Array.of(0x1f, 0x8b, 8), { source: 'a.csv' })).toThrow(
    'a file compressed with gzip',
  );
});
