import { Amounts, type Classifier, type FittedClassifier, Labels, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import reference from '../test/reference/selection.json';
import { refusedStates } from '../test/refused-states';
import { RecursiveFeatureElimination } from './recursive-feature-elimination';
import { SelectFromModel } from './select-from-model';
import { SelectKBest } from './select-k-best';

const x = Table.fromColumns(reference.x.map((values, j) => [`c${j}`, values] as const));
const labels = Labels.from(reference.classes);
const amounts = Amounts.from(reference.amounts);

/** Finds each column as important as its name says, whatever it holds: `c3` three times as much as `c1`. */
const byName: Classifier = {
  role: 'classifier',
  fit: (table) =>
    ({
      role: 'classifier',
      type: 'ByName',
      features: table.names,
      importances() {
        const digits = table.names.map((name) => Number(name.slice(1)));
        const sum = digits.reduce((total, digit) => total + digit, 0);
        return Float64Array.from(digits, (digit) => digit / sum);
      },
    }) as unknown as FittedClassifier,
};
const silent: Classifier = {
  role: 'classifier',
  fit: (table) =>
    ({ role: 'classifier', type: 'Silent', features: table.names }) as unknown as FittedClassifier,
};

describe.each([
  { name: 'SelectKBest', transformer: new SelectKBest({ k: 2 }), restorable: SelectKBest },
  {
    name: 'SelectFromModel',
    transformer: new SelectFromModel({ model: byName }),
    restorable: SelectFromModel,
  },
  {
    name: 'RecursiveFeatureElimination',
    transformer: new RecursiveFeatureElimination({ model: byName, nFeatures: 2 }),
    restorable: RecursiveFeatureElimination,
  },
])('$name', ({ transformer, restorable }) => {
  it.each(transformerConformance({ transformer, restorable, x, y: labels }))('$name', ({ run }) => run());

  it('leaves columns of text where they are, and says what it kept', () => {
    const text = Array.from({ length: x.nRows }, (_, row) => `t${row % 3}`);
    const { fitted, output } = transformer.fitTransform(x.with({ text }), labels);
    expect(output.names).toEqual([...fitted.state.selected, 'text']);
    expect(fitted.unread).toEqual(fitted.state.dropped);
    expect(fitted.describe()).toMatch(new RegExp(`^${restorable.type}: kept "c`));
    expect(() => fitted.transform(x.drop(fitted.state.selected))).toThrow('is missing');
  });

  it('refuses a table without numeric columns', () => {
    expect(() => transformer.fit(Table.fromColumns({ text: ['u', 'v'] }), [0, 1])).toThrow(
      /no numeric columns|Infinity|select from/,
    );
  });

  const state = { selected: ['a'], dropped: ['b'], scores: { a: 2, b: null } };
  it.each(
    refusedStates(restorable, state, {
      selected: [['a', 'a'], 'a'],
      dropped: [['b', 'b'], 'b'],
      scores: [{ a: 1 }, { a: 1, b: 'x' }],
    }),
  )('$name', ({ run }) => run());
});

describe('SelectKBest', () => {
  const scores = (score: 'f' | 'chi2', of: Table, y: Labels | Amounts) =>
    Object.values(new SelectKBest({ k: 'all', score }).fit(of, y).state.scores);

  it('has the scores of scikit-learn', () => {
    const near = (value: number) => expect.closeTo(value, 8);
    expect(scores('f', x, labels)).toEqual(reference.fClassif.map(near));
    expect(scores('f', x, amounts)).toEqual(reference.fRegression.map(near));
    const positive = x.with(x.names.map((name) => [name, x.numeric(name).map(Math.abs)]));
    expect(scores('chi2', positive, labels)).toEqual(reference.chi2.map(near));
  });

  it('keeps the k best, of equal ones the first, and a column that cannot be scored last', () => {
    const table = Table.fromColumns({
      flat: [1, 1, 1, 1],
      good: [0, 1, 5, 6],
      same: [0, 1, 5, 6],
      poor: [0, 5, 1, 6],
      gaps: [null, 1, 5, 6],
    });
    const { state } = new SelectKBest({ k: 2 }).fit(table.drop(['gaps']), [0, 0, 1, 1]);
    expect(state.selected).toEqual(['good', 'same']);
    expect(state.scores.flat).toBeNull();
    // By hand: means 0.5 and 5.5, between 25 and within 0.5 + 0.5 over 2.
    expect(state.scores.good).toBeCloseTo(50, 12);
    // Of rows 1 to 3: means 1 and 5.5, between 13.5 and within 0.5 over 1.
    expect(new SelectKBest({ k: 1 }).fit(table, [0, 0, 1, 1]).state.scores.gaps).toBeCloseTo(27, 12);
    expect(new SelectKBest({ k: 9 }).fit(table, [0, 0, 1, 1]).state.dropped).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['no target', () => new SelectKBest().fit(x, undefined as never), 'expected a target to select by'],
    [
      'chi2 of amounts',
      () => new SelectKBest({ score: 'chi2' }).fit(x, amounts),
      'expects labels of classes',
    ],
    [
      'chi2 of negative numbers',
      () => new SelectKBest({ score: 'chi2' }).fit(Table.fromColumns({ a: [1, -1] }), [0, 1]),
      'column "a", row 1: chi2 expects numbers from 0, got -1',
    ],
    ['no columns to keep', () => new SelectKBest({ k: 0 }), 'k: expected a whole number from 1 or all'],
    ['a target of another length', () => new SelectKBest().fit(x, [0, 1]), 'but 2 labels came'],
  ])('refuses %s', (_, action, message) => {
    expect(action).toThrow(
      expect.objectContaining({ name: 'ChurnError', message: expect.stringContaining(message) }),
    );
  });
});

describe('SelectFromModel', () => {
  const selected = (options: object) =>
    new SelectFromModel({ model: byName, ...options }).fit(x, labels).state.selected;

  it('keeps columns from the threshold on, and at most so many', () => {
    // Importances 0, 0.1, 0.2, 0.3, 0.4: mean and median are both 0.2.
    expect(selected({})).toEqual(['c2', 'c3', 'c4']);
    expect(selected({ threshold: 'median' })).toEqual(['c2', 'c3', 'c4']);
    expect(selected({ threshold: 0.25 })).toEqual(['c3', 'c4']);
    expect(selected({ threshold: 0, maxFeatures: 1 })).toEqual(['c4']);
    expect(selected({ columns: ['c0', 'c1'] })).toEqual(['c1']);
    expect(selected({ columns: ['c1', 'c2', 'c3', 'c4'], threshold: 'median' })).toEqual(['c3', 'c4']);
  });

  it('refuses what is no model, or one without importances', () => {
    expect(() => new SelectFromModel({} as never)).toThrow('model: expected a classifier or a regressor');
    expect(() => new SelectFromModel({ model: silent }).fit(x, labels)).toThrow(
      'model: expected a model that tells importances, such as one of trees, got Silent',
    );
  });
});

describe('RecursiveFeatureElimination', () => {
  const fit = (options: object) =>
    new RecursiveFeatureElimination({ model: byName, ...options }).fit(x, labels);

  it('drops the least important, round by round, and ranks by the rounds', () => {
    expect(fit({ nFeatures: 2 }).state).toEqual({
      selected: ['c3', 'c4'],
      dropped: ['c0', 'c1', 'c2'],
      scores: { c0: 4, c1: 3, c2: 2, c3: 1, c4: 1 },
    });
    expect(fit({}).state.selected).toEqual(['c3', 'c4']);
    expect(fit({ nFeatures: 1, step: 3 }).state.scores).toEqual({ c0: 3, c1: 3, c2: 3, c3: 2, c4: 1 });
    expect(fit({ nFeatures: 0.3, step: 0.4 }).state.scores).toEqual({ c0: 3, c1: 3, c2: 2, c3: 2, c4: 1 });
  });

  it('refuses parts of columns', () => {
    expect(() => fit({ nFeatures: 1.5 })).toThrow(
      'nFeatures: expected a whole number or a share below 1, got 1.5',
    );
    expect(() => fit({ step: 2.5 })).toThrow('step: expected a whole number or a share below 1, got 2.5');
  });
});
