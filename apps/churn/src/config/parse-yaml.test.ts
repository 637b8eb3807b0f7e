import { ChurnError } from '@churn/core';
import { parseYaml } from './parse-yaml';

const laughs = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'
    .split('')
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`),
].join('\n');
const times = (text: string, n: number) => text.repeat(n);
const numbered = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i));

describe('parseYaml', () => {
  it('reads the YAML of configurations', () => {
    const text = 'a: &x { b: [1, "2", yes] } # note\nc: *x\n? d\n: >\n  folded\n  text\n__proto__: 1\n';
    expect(JSON.stringify(parseYaml(text, 'c.yaml'))).toBe(
      '{"a":{"b":[1,"2","yes"]},"c":{"b":[1,"2","yes"]},"d":"folded text\\n","__proto__":1}',
    );
  });

  it.each([
    ['more repetitions than fit into memory', laughs, /^c\.yaml, line 2: expected at most 100 aliases/],
    [
      'an anchor inside itself',
      'x: 1\na: &a [1, *a]',
      /^c\.yaml, line 2: expected .* none of them inside its own anchor/,
    ],
    [
      'deeply nested lists',
      `a:\n  ${times('[', 100_000)}`,
      /^c\.yaml, line 2: expected at most 50 nested lists and maps/,
    ],
    [
      'deeply nested flow lists',
      times('[', 5000) + times(']', 5000),
      /^c\.yaml, line 1: expected at most 50/,
    ],
    [
      'deeply nested maps',
      numbered(3000, (i) => `${times(' ', i)}a:`).join('\n'),
      /line \d+: expected at most 50/,
    ],
    ['endless dashes', times('- ', 100_000), /line 1: expected at most 50/],
    ['a duplicate key', 'a: 1\nb: { c: 1, c: 2 }', /^c\.yaml, line 2: the key "c" appears twice$/],
    ['two documents', 'a: 1\n---\nb: 1', /^c\.yaml, line 2: expected the end, got a second document$/],
    [
      'a key without a colon',
      'data:\n  file: a.csv\n  target left\n  drop: [id]\n',
      /^c\.yaml, line 3: not valid YAML: expected `key: value`; is a colon missing\?$/,
    ],
    ['a last key without a colon', 'a: 1\nseed 3', /^c\.yaml, line 2: .*is a colon missing\?$/],
    ['two colons', 'a: b: c', /^c\.yaml, line 1: .*": " needs quotes$/],
    ['keys at different indentation', 'a:\n  b: 1\n c: 1', /^c\.yaml, line 3: .*same indentation$/],
    ['a tab', 'a:\n\tb: 1', /^c\.yaml, line 2: .*expected spaces as indentation, got a tab$/],
    ['an open quote', 'a: "x', /^c\.yaml, line 1: .*expected a closing "$/],
    ['an open list', 'a: [1\nb: 1', /^c\.yaml, line 2: .*expected a closing \] before this line$/],
    ['a reserved character', 'a: @x', /^c\.yaml, line 1: .*begins with @ needs quotes$/],
    ['an inner quote', "a: 'it's'", /^c\.yaml, line 1: not valid YAML: unexpected text; /],
    ['an empty alias', 'a: *', /^c\.yaml, line 1: not valid YAML: Alias cannot be an empty string$/],
    ['an unknown alias', 'a: &a 1\nb: *b', /^c\.yaml, line 2: an alias has no anchor before it$/],
  ])('rejects %s', (_, text, message) => {
    let error: unknown;
    try {
      parseYaml(text, 'c.yaml');
    } catch (thrown) {
      error = thrown;
    }
    expect(ChurnError.is(error)).toBe(true);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('reads large documents of every kind completely', () => {
    for (const text of [
      numbered(10_000, (i) => `k${i}: &a${i} 1`).join('\n'),
      `{${numbered(10_000, (i) => `k${i}: 1`).join(', ')}}`,
      `a: [${times('1, ', 50_000)}]`,
      times('# note\n', 20_000),
      `a: ${times('x\n  ', 40_000)}`,
    ]) {
      expect(() => parseYaml(text, 'c.yaml')).not.toThrow();
    }
  });
});
