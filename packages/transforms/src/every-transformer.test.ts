import {
  type FittedTransformer,
  type ParameterRecord,
  type Restorable,
  Table,
  type Transformer,
} from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import * as transforms from './index';

/** A class of transformers as this test knows it. */
interface TransformerClass extends Restorable<FittedTransformer> {
  new (options?: unknown): Transformer;
  readonly parameters: ParameterRecord;
  readonly example?: Readonly<Record<string, unknown>>;
}

const classes = Object.entries<unknown>(transforms).filter(
  (entry): entry is [string, TransformerClass] =>
    typeof entry[1] === 'function' && typeof entry[1].prototype?.fit === 'function',
);

/** Those whose constructor takes no options by name; each has a test of its own. */
const POSITIONAL = [
  'CustomTransformer',
  'DropColumns',
  'FeatureUnion',
  'OnColumns',
  'RenameColumns',
  'SelectColumns',
  'ValueMapper',
];
/** Those that need another object, such as a model; each has a test of its own. */
const needsObject = ({ parameters }: TransformerClass) =>
  Object.values(parameters).some(({ isRequired, isPlain }) => isRequired && !isPlain);
const byName = classes.filter(([name, Class]) => !POSITIONAL.includes(name) && !needsObject(Class));

const rows = Array.from({ length: 12 }, (_, row) => row);
/** Of the columns that examples of definitions may name. */
const x = Table.fromColumns({
  a: rows.map((row) => (row === 4 ? null : (row * row) % 7)),
  b: rows.map((row) => row / 3 + 1),
  level: rows.map((row) => (row === 2 ? null : 'uvw'[(row * row) % 3])),
  on: rows.map((row) => `2024-01-${row + 10}`),
});
const y = rows.map((row) => (row % 3 === 0 ? 'p' : 'q'));

/** Values of all kinds, of which each parameter takes some and refuses others. */
const VALUES = [
  undefined,
  null,
  NaN,
  -0.5,
  7,
  'text',
  true,
  [],
  [1],
  ['a'],
  {},
  { a: 1 },
  new Date(0),
  () => 1,
];

it('finds the transformers among the exports', () => {
  expect(classes.length).toBeGreaterThan(30);
  expect(classes.filter(([name, Class]) => Class.type !== name && name !== 'CustomTransformer')).toEqual([]);
});

describe.each(byName)('%s', (name, Class) => {
  const make = (options: object = {}) => new Class({ ...Class.example, ...options });

  it('has an example if an option is required', () => {
    try {
      make();
    } catch (error) {
      throw new Error(
        `${name}: give the definition an \`example\` of its options (${(error as Error).message})`,
      );
    }
  });

  it.each(transformerConformance({ transformer: make(), restorable: Class, x, y }))('$name', ({ run }) =>
    run(),
  );

  it('exposes each of its parameters as a public field, by which a search distinguishes candidates', () => {
    expect(Object.keys(make())).toEqual(expect.arrayContaining(Object.keys(Class.parameters)));
  });

  it('describes what it learned in one line, and compiles to a row step', () => {
    const { describe: line, compileRow } = make().fit(x, y);
    expect([typeof line, typeof compileRow]).toEqual(['function', 'function']);
  });

  it('rejects an unknown option', () => {
    expect(() => make({ colums: [] })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'colums: unknown; did you mean columns?',
      }),
    );
  });

  it.each(Object.entries(Class.parameters))('rejects an invalid %s', (parameter, definition) => {
    const wrong = VALUES.filter((value) => value !== undefined && !definition.accepts(value));
    expect(wrong.length).toBeGreaterThan(0);
    for (const value of wrong) {
      expect(() => make({ [parameter]: value })).toThrow(
        expect.objectContaining({
          code: 'invalid-parameter',
          message: expect.stringContaining(`${parameter}: expected ${definition.expected}, got `),
        }),
      );
    }
  });
});

describe.each(classes)('%s', (_, Class) => {
  it.each([VALUES, 5, 'text', () => 1, { unknown: 1 }, [1]].map((value) => [value]))(
    'rejects %p as options',
    (value) => {
      expect(() => new Class(value)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    },
  );
});
