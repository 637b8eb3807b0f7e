import { byName, labels, selects, silent, x } from '../test/feature-selection';
import { SelectFromModel } from './select-from-model';

selects(new SelectFromModel({ model: byName }), SelectFromModel);

describe('SelectFromModel', () => {
  const selected = (options: object) =>
    new SelectFromModel({ model: byName, ...options }).fit(x, labels).state.selected;

  it('keeps columns that reach the threshold, up to the maximum number', () => {
    // Importances 0, 0.1, 0.2, 0.3, 0.4: mean and median are both 0.2.
    expect(selected({})).toEqual(['c2', 'c3', 'c4']);
    expect(selected({ threshold: 'median' })).toEqual(['c2', 'c3', 'c4']);
    expect(selected({ threshold: 0.25 })).toEqual(['c3', 'c4']);
    expect(selected({ threshold: 0, maxFeatures: 1 })).toEqual(['c4']);
    expect(selected({ columns: ['c0', 'c1'] })).toEqual(['c1']);
    expect(selected({ columns: ['c1', 'c2', 'c3', 'c4'], threshold: 'median' })).toEqual(['c3', 'c4']);
  });

  it('rejects invalid models, and models without importances', () => {
    expect(() => new SelectFromModel({} as never)).toThrow(
      'model: expected an unfitted classifier, regressor or survival model',
    );
    expect(() => new SelectFromModel({ model: silent }).fit(x, labels)).toThrow(
      'model: expected a model with feature importances, such as a random forest, got Silent',
    );
  });
});
