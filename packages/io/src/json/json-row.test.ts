import fc from 'fast-check';
import { depthOf, forEachMember, listedTexts } from './json-members';
import { readJsonRow } from './json-row';

const kinds = new Map([
  ['plan', 'category'],
  ['usage', 'numeric'],
] as const);

it('forEachMember returns each member with its value as written', () => {
  const found: [string, string][] = [];
  const text = ' { "a" : 1.10 ,"a":"\\"}\\\\","\\u0062":[{"x":"]"}, 2 ] , "" : null} ';
  forEachMember(text, (name, start, end) => found.push([name, text.slice(start, end)]));
  expect(found).toEqual([
    ['a', '1.10'],
    ['a', '"\\"}\\\\"'],
    ['b', '[{"x":"]"}, 2 ]'],
    ['', 'null'],
  ]);
  forEachMember('{}', () => {
    throw new Error('it has none');
  });
});

it('listedTexts returns the values of a list as written', () => {
  expect(listedTexts(' [ {"a":"],{"} ,[1, [2]],1.10,"x,\\"]" , null ] ')).toEqual([
    '{"a":"],{"}',
    '[1, [2]]',
    '1.10',
    '"x,\\"]"',
    'null',
  ]);
  expect([' [ ] ', ' {"a":[1]} '].map(listedTexts)).toEqual([[], [' {"a":[1]} ']]);
});

it('depthOf counts brackets outside of strings', () => {
  expect(depthOf('{"a":[1,[2]],"[[[[":"{{{{\\"[[["}')).toBe(3);
  expect(depthOf('[[["[')).toBe(3);
  expect(depthOf('1')).toBe(0);
});

describe('readJsonRow', () => {
  it('finds repeated names despite colons and escapes', () => {
    const names = fc.constantFrom(
      '"plan"',
      '"pl\\u0061n"',
      '" plan"',
      '"x:"',
      '"x\\u003a"',
      '"a:b:c"',
      '"y"',
    );
    const values = fc.constantFrom(
      '"a"',
      '"b:c"',
      '"\\u003a"',
      '"::::"',
      'null',
      '1',
      '["a:b"]',
      '{"k":"v"}',
    );
    const rows = fc.array(fc.tuple(names, values), { maxLength: 5 });
    let twice = 0;
    fc.assert(
      fc.property(rows, (members) => {
        const text = `{${members.map((member) => member.join(':')).join(',')}}`;
        const plans = members
          .filter(([name]) => JSON.parse(name).trim() === 'plan')
          .map(([, value]) => value);
        const isOdd = new Set(plans).size > 1;
        if (isOdd) twice++;
        expect([text, typeof readJsonRow(text, kinds)]).toEqual([text, isOdd ? 'string' : 'object']);
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(twice).toBeGreaterThan(100);
  });

  it.each([
    ['{"plan":1.10,"usage":1e2}', { plan: '1.10', usage: 100 }],
    [
      '{"plan":9007199254740993,"usage":9007199254740993}',
      { plan: '9007199254740993', usage: 9007199254740992 },
    ],
    ['{"plan":true,"usage":null,"other":1e999}', { plan: true, usage: null, other: Infinity }],
    ['{"plan":"a","plan":"a"}', { plan: 'a' }],
    ['{" plan":1.10,"usage ":2," x":3}', { plan: '1.10', usage: 2, x: 3 }],
  ])('reads %s', (text, row) => {
    expect(readJsonRow(text, kinds)).toEqual(row);
  });

  it.each([
    ['{"plan":"a","pl\\u0061n":"b"}', 'column "plan": expected one value, got "a" and "b"'],
    ['{"usage":1,"usage":1.0}', 'column "usage": expected one value, got 1 and 1.0'],
    ['{"usage":-1e999}', 'column "usage": expected a number of at most 1.8e308 in size, got -1e999'],
    ['[1]', 'expected a JSON object'],
    ['null', 'expected a JSON object'],
  ])('rejects %s', (text, reason) => {
    expect(readJsonRow(text, kinds)).toBe(reason);
  });

  it('rejects invalid JSON, invalid UTF-8 and deep nesting', () => {
    expect(readJsonRow('{"a":}', kinds)).toMatch(/^not JSON: /);
    expect(readJsonRow('{"a":"\uDCFF"}', kinds)).toMatch(/^not UTF-8 text/);
    const deep = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(readJsonRow(deep(1001), kinds)).toMatch(/^expected at most 1000 nested lists and objects/);
    expect(typeof readJsonRow(deep(1000), kinds)).toBe('object');
  });
});
