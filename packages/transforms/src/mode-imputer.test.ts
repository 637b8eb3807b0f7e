import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { reference, referenceTable } from '../test/reference';
import { ModeImputer } from './mode-imputer';

const x = Table.fromColumns({
  gender: ['M', null, 'F', 'F', 'M'],
  card: ['Blue', 'Blue', null, 'Gold', null],
  empty: { kind: 'category', codes: new Int32Array(5).fill(-1), levels: [] },
  children: [2, 1, null, 2, 1],
});

it.each(
  transformerConformance({ transformer: new ModeImputer(), restorable: ModeImputer, x, needs: 'gender' }),
)('$name', ({ run }) => run());

describe('of both kinds of columns', () => {
  const transformer = new ModeImputer({ columns: ['children', 'card'] });
  it.each(transformerConformance({ transformer, restorable: ModeImputer, x, needs: 'children' }))(
    '$name',
    ({ run }) => run(),
  );
});

describe.each([{ groupBy: 'group' }, { addIndicator: true }, { groupBy: 'group', addIndicator: true }])(
  'with %j',
  (options) => {
    const grouped = x.with({ group: ['p', null, 'p', 'q', 'q'] });
    const transformer = new ModeImputer(options);
    it.each(transformerConformance({ transformer, restorable: ModeImputer, x: grouped, needs: 'gender' }))(
      '$name',
      ({ run }) => run(),
    );
  },
);

describe('of both kinds of columns, by group', () => {
  const transformer = new ModeImputer({
    columns: ['children', 'card'],
    groupBy: 'gender',
    addIndicator: true,
  });
  it.each(transformerConformance({ transformer, restorable: ModeImputer, x, needs: 'gender' }))(
    '$name',
    ({ run }) => run(),
  );
});

it('imputes category columns with the most frequent level, the smallest of ties', () => {
  const { fitted, output } = new ModeImputer().fitTransform(x);
  expect(fitted.state).toEqual({ modes: { gender: 'F', card: 'Blue', empty: null } });
  expect(output.toRows().map((row) => row.gender)).toEqual(['M', 'F', 'F', 'F', 'M']);
  expect(output.column('empty')).toBe(x.column('empty'));
  expect(output.column('children')).toBe(x.column('children'));
});

it('imputes named numeric columns', () => {
  const { fitted, output } = new ModeImputer({ columns: ['children'] }).fitTransform(x);
  expect(fitted.state.modes).toEqual({ children: 1 });
  expect(output.numeric('children')).toEqual(Float64Array.of(2, 1, 1, 2, 1));
});

it('adds a level that the new rows lack', () => {
  const output = new ModeImputer({ columns: ['card'] })
    .fit(x)
    .transform(Table.fromColumns({ card: ['Gold', null] }));
  expect(output.category('card')).toEqual({
    kind: 'category',
    codes: Int32Array.of(0, 1),
    levels: ['Gold', 'Blue'],
  });
});

it('agrees with scikit-learn and pandas', () => {
  const { modes } = new ModeImputer({ columns: referenceTable.names }).fit(referenceTable).state;
  for (const [name, figures] of Object.entries(reference.columns)) expect(modes[name]).toBe(figures.mode);
  const { values, mode } = reference.category;
  expect(new ModeImputer().fit(Table.fromColumns({ values })).state.modes).toEqual({ values: mode });
});

it('requires a column without values in a row as in a table', () => {
  const fitted = new ModeImputer({ columns: ['a'] }).fit(Table.fromColumns({ a: [null, null] }));
  expect(() => fitted.transform(Table.fromColumns({ b: [1] }))).toThrow('column "a" is missing');
  expect(() => fitted.compileRow([{ name: 'b', kind: 'numeric' }])).toThrow('column "a" is missing');
});

it('describes itself in one line, whatever the names', () => {
  const table = Table.fromColumns(Array.from({ length: 7 }, (_, i) => [`a\n${i}`, ['p']] as const));
  expect(new ModeImputer().fit(table).describe()).toMatch(
    /^ModeImputer: modes "a\\n0" "p", .*… \(7 in all\)$/,
  );
});

describe('by group', () => {
  const train = Table.fromColumns({
    card: ['Blue', 'Gold', 'Blue', null, 'Red', 'Gold', null, null, null],
    children: [3, 2, 2, null, 4, 4, null, null, null],
    gender: ['F', 'F', 'F', 'F', 'M', 'M', 'M', 'X', null],
  });

  it('imputes with the most frequent value of the same group, the smallest of ties', () => {
    const imputer = new ModeImputer({ columns: ['card', 'children'], groupBy: 'gender' });
    const { fitted, output } = imputer.fitTransform(train);
    expect(fitted.state).toEqual({
      modes: { card: 'Blue', children: 2 },
      groups: {
        column: 'gender',
        values: { card: { F: 'Blue', M: 'Gold' }, children: { F: 2, M: 4 } },
      },
    });
    const filled = output.toRows().filter((_, row) => train.row(row).card === null);
    expect(filled.map(({ card }) => card)).toEqual(['Blue', 'Gold', 'Blue', 'Blue']);
    expect(filled.map(({ children }) => children)).toEqual([2, 4, 2, 2]);
  });

  it('does not impute the group column', () => {
    const { fitted, output } = new ModeImputer({ groupBy: 'gender' }).fitTransform(train);
    expect(Object.keys(fitted.state.modes)).toEqual(['card']);
    expect(output.column('gender')).toBe(train.column('gender'));
  });

  it('adds only the levels of groups that the new rows lack', () => {
    const fitted = new ModeImputer({ groupBy: 'gender' }).fit(train);
    const later = Table.fromColumns({ card: ['Green', null], gender: ['F', 'M'] });
    expect(fitted.transform(later).category('card')).toEqual({
      kind: 'category',
      codes: Int32Array.of(0, 1),
      levels: ['Green', 'Gold'],
    });
    expect(fitted.transform(later.take([0])).column('card')).toEqual(later.take([0]).column('card'));
  });
});

it('describes itself without columns', () => {
  expect(new ModeImputer({ columns: [] }).fit(x).describe()).toBe('ModeImputer: modes of no columns');
});
