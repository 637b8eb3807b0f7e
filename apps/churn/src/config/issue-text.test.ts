import { checkedConfig } from './config';

/** The problems that are told of a configuration with a value at a path. */
function problems(path: readonly string[], value: unknown): string[] {
  const section = path.reduceRight((inner: unknown, key) => ({ [key]: inner }), value);
  const given = section as { data?: object } | null;
  // A list or text instead of a whole section stays what it is.
  const isSection = path.length > 1 || path[0] !== 'data';
  const data = isSection ? { file: 'a.csv', target: 'left', ...given?.data } : value;
  try {
    checkedConfig(path.length === 0 ? value : { ...given, data }, 'c.yaml');
    return [];
  } catch (error) {
    return (error as Error).message.replace('c.yaml: ', '').split('\n  and ');
  }
}

/** Every path of the schema, sections and settings, as the schema itself tells what keys it knows. */
function pathsFrom(path: readonly string[]): string[][] {
  const told = problems(path, { zzzzzzzz: 1 }).find((text) => text.includes('unknown key "zzzzzzzz"'));
  const keys = told?.split('expected one of ')[1]?.split(', ') ?? [];
  return [[...path], ...keys.flatMap((key) => pathsFrom([...path, key]))];
}

const WRONG = [null, 'zzzzzzzz', '', 1e300, -1e300, 0.5, true, [], [[]], [1], [''], { zzzzzzzz: 1 }, {}];

describe('errors about values of a configuration', () => {
  const paths = pathsFrom([]);

  it('exist for every section', () => {
    expect(paths.length).toBeGreaterThan(70);
    expect(paths).toContainEqual(['monitoring', 'log', 'rotate', 'bytes']);
    expect(paths).toContainEqual(['registry', 'gate', 'tolerance']);
  });

  it.each(paths.map((path) => [path.join('.') || 'top level', path] as const))(
    'is in words of our own: %s',
    (_, path) => {
      const told = WRONG.flatMap((value) => problems(path, value));
      expect(told.length).toBeGreaterThan(0);
      for (const text of told) {
        expect(text).not.toMatch(/Invalid|Too (big|small)|received|Unrecognized|undefined|\[object/);
        expect(text).toMatch(/: .*(expected|unknown key|no meaning|a name|a character|give at least)/);
      }
    },
  );

  it.each([
    ['monitoring', { minPsy: 1 }, 'monitoring: unknown key "minPsy"; did you mean "minPsi"?'],
    ['registry', { zzzzzzzz: 1 }, 'registry: unknown key "zzzzzzzz", expected one of folder, gate, license'],
    ['models', { a: { type: 'SVC', gama: 1 } }, 'models.a: unknown key "gama"; did you mean "gamma"?'],
    ['split', { testSize: 1.5 }, 'split.testSize: expected a number below 1, got 1.5'],
    ['split', { testSize: 'much' }, 'split.testSize: expected a number, got "much"'],
    ['split', 7, 'split: expected keys with a value each, got 7'],
    ['seed', 1.5, 'seed: expected an integer, got 1.5'],
    ['logLevel', 'loud', 'logLevel: expected one of error, warn, info, debug, got "loud"'],
    ['output', { folder: '' }, 'output.folder: expected text that is not empty, got ""'],
    ['monitoring', { id: 5 }, 'monitoring.id: expected text or a list, got 5'],
    ['monitoring', { id: ['a', 5] }, 'monitoring.id: 1: expected text, got 5'],
  ])('read “expected …, got …”: %s %j', (key, value, message) => {
    expect(problems([key], value)).toEqual([message]);
  });
});
