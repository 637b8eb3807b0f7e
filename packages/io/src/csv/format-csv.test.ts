import { formatCsv } from './format-csv';

describe('formatCsv', () => {
  it('writes a header and rows', () => {
    expect(
      formatCsv(
        ['name', 'age'],
        [
          ['Ann', 45],
          ['Bob', 49.5],
        ],
      ),
    ).toBe('name,age\nAnn,45\nBob,49.5\n');
  });

  it('quotes fields only where needed', () => {
    const rows = [['a,b', 'say "hi"', 'two\nlines', 'cr\rlf', ' spaced ']];
    expect(formatCsv(['1', '2', '3', '4', ''], rows)).toBe(
      '1,2,3,4,\n"a,b","say ""hi""","two\nlines","cr\rlf", spaced \n',
    );
  });

  it('writes missing values as empty fields', () => {
    expect(formatCsv(['a', 'b', 'c', 'd'], [[null, undefined, NaN, '']])).toBe('a,b,c,d\n,,,\n');
  });

  it('writes the missing value of a single column so that it is not an empty line', () => {
    expect(formatCsv(['a'], [[null], [''], [1]])).toBe('a\n""\n""\n1\n');
    expect(formatCsv([''], [['x']])).toBe('""\nx\n');
  });

  it('writes numbers in their shortest form, and booleans as words', () => {
    const numbers = [0.1, 1 / 3, 1e21, -0, 5e-324, 12691, -Infinity];
    expect(formatCsv([...'abcdefghi'], [[...numbers, true, false]])).toBe(
      'a,b,c,d,e,f,g,h,i\n0.1,0.3333333333333333,1e+21,-0,5e-324,12691,-Infinity,true,false\n',
    );
  });

  it('accepts another delimiter', () => {
    expect(formatCsv(['a', 'b'], [['x;y', 'u,v']], { delimiter: ';' })).toBe('a;b\n"x;y";u,v\n');
  });

  it('writes a header without rows', () => {
    expect(formatCsv(['a', 'b'], [])).toBe('a,b\n');
  });

  it('rejects a row that does not match the header, an empty header and an invalid delimiter', () => {
    expect(() => formatCsv(['a', 'b'], [[1, 2], [1]])).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'row 1: expected 2 values as in the header, got 1',
      }),
    );
    expect(() => formatCsv([], [])).toThrow('a table without columns cannot be written as CSV');
    expect(() => formatCsv(['a'], [], { delimiter: '' })).toThrow(/^delimiter: expected a character/);
  });
});

it('prefixes formulas with an apostrophe if requested', () => {
  const cells = ['=1+1', '+49 30', '-x', '@a', '\t=1', '\r=1', "'=1", '-1.5', '+2e3', ' =1', 'a=1', -3, null];
  const [escaped] = formatCsv(
    cells.map((_, i) => `c${i}`),
    [cells],
    { escapeFormulas: true },
  )
    .split('\n')
    .slice(1);
  expect(escaped).toBe(`'=1+1,'+49 30,'-x,'@a,'\t=1,"'\r=1",'=1,-1.5,+2e3, =1,a=1,-3,`);
  expect(formatCsv(['=a'], [['=b']], { escapeFormulas: true })).toBe("'=a\n'=b\n");
  expect(formatCsv(['=a'], [['=b']])).toBe('=a\n=b\n');
});
