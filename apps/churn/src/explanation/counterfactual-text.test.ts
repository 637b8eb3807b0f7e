import { counterfactualLines, counterfactualText } from './counterfactual-text';

const found = { prediction: 0.41, distance: 1 };

describe('counterfactualText', () => {
  it('states the decision, and the required value of each column', () => {
    const changes = [
      { column: 'Total_Trans_Ct', from: 38, to: 52 },
      { column: 'plan', from: 'basic', to: 'pro' },
      { column: 'spend', from: 20.25, to: 31.5 },
    ];
    expect(counterfactualText({ ...found, label: 'stays', changes: changes.slice(0, 1) })).toBe(
      'would be "stays" if Total Trans Ct were 52, not 38',
    );
    expect(counterfactualText({ ...found, label: 'stays', changes: changes.slice(0, 2) })).toBe(
      'would be "stays" if Total Trans Ct were 52, not 38, and plan pro, not basic',
    );
    expect(counterfactualText({ ...found, label: 'stays', changes })).toBe(
      'would be "stays" if Total Trans Ct were 52, not 38, plan pro, not basic, and spend 31.5, not 20.25',
    );
  });

  it('states the predicted value of a regression, with enough digits to show a change', () => {
    const changes = [{ column: 'rate', from: 0.12345678, to: 0.12345699 }];
    expect(counterfactualText({ ...found, prediction: 1234.56, changes })).toBe(
      'would be 1,235 if rate were 0.123457, not 0.1234568',
    );
  });
});

it('counterfactualLines says if none were found', () => {
  expect(counterfactualLines([])).toEqual([
    'no allowed and plausible change was found that alters the decision',
  ]);
});
