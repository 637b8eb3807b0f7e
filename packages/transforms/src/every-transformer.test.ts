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

/** Those whose constructor takes no options by name, or that need a model or columns without gaps; each has a test of its own. */
const OTHERS = [
  'CustomTransformer',
  'DropColumns',
  'FeatureUnion',
  'OnColumns',
  'PCA',
  'RecursiveFeatureElimination',
  'RenameColumns',
  'SelectColumns',
  'SelectFromModel',
  'ValueMapper',
];
const byName = classes.filter(([name]) => !OTHERS.includes(name));

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

  it('has an example, where one of its options has to be given', () => {
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

  it('shows each of its parameters in a public field, by which a search tells candidates apart', () => {
    const specification: object = make();
    const fields = 'options' in specification ? specification.options : specification;
    expect(Object.keys(fields as object)).toEqual(expect.arrayContaining(Object.keys(Class.parameters)));
  });

  it('tells in one line what it learned, and compiles to a row step', () => {
    const { describe: line, compileRow } = make().fit(x, y);
    expect([typeof line, typeof compileRow]).toEqual(['function', 'function']);
  });

  it('refuses an option that there is not', () => {
    expect(() => make({ colums: [] })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'colums: unknown; did you mean columns?',
      }),
    );
  });

  it.each(Object.entries(Class.parameters))('refuses what %s may not be', (parameter, definition) => {
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
    'refuses %p for options',
    (value) => {
      expect(() => new Class(value)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    },
  );
});
