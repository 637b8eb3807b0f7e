import {
  type Classifier,
  type FittedClassifier,
  type FittedTransformer,
  Labels,
  type Restorable,
  Table,
  type Transformer,
} from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import type { FeatureSelection, FeatureSelectionState } from '../src/feature-selection';
import reference from './reference/selection.json';
import { refusedStates } from './refused-states';

/** The columns and classes of the figures. */
export const x = Table.fromColumns(reference.x.map((values, j) => [`c${j}`, values] as const));
export const labels = Labels.from(reference.classes);

/** Finds each column as important as its name says, whatever it holds: `c3` three times as much as `c1`. */
export const byName: Classifier = {
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
/** Has no importances. */
export const silent: Classifier = {
  role: 'classifier',
  fit: (table) =>
    ({ role: 'classifier', type: 'Silent', features: table.names }) as unknown as FittedClassifier,
};

type Selected = FittedTransformer & FeatureSelection & { readonly state: FeatureSelectionState };

/** What holds of every transformer that selects columns by the target. */
export function selects(transformer: Transformer<Selected>, restorable: Restorable<FittedTransformer>): void {
  it.each(transformerConformance({ transformer, restorable, x, y: labels }))('$name', ({ run }) => run());

  it('leaves text columns in place, and reports what it kept', () => {
    const text = Array.from({ length: x.nRows }, (_, row) => `t${row % 3}`);
    const { fitted, output } = transformer.fitTransform(x.with({ text }), labels);
    expect(output.names).toEqual([...fitted.state.selected, 'text']);
    expect(fitted.unread).toEqual(fitted.state.dropped);
    expect(fitted.describe?.()).toMatch(new RegExp(`^${restorable.type}: kept "c`));
    expect(() => fitted.transform(x.drop(fitted.state.selected))).toThrow('is missing');
  });

  it('rejects a table without numeric columns', () => {
    expect(() => transformer.fit(Table.fromColumns({ text: ['u', 'v'] }), [0, 1])).toThrow(
      'no numeric columns',
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
}
