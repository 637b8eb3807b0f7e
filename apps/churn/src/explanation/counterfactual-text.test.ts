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

describe('counterfactualLines', () => {
  const change = [{ column: 'calls', from: 5, to: 2 }];
  const other = { ...found, label: 'leaves', changes: change, text: 'would be "leaves" if …' };
  const two = { label: 'stays', positive: 'leaves', prediction: 0.1, threshold: 0.4 };

  it('begins with the decision, and what another one takes', () => {
    expect(counterfactualLines([other], two)).toEqual([
      'predicted "stays": the probability of "leaves" is 0.1000, below the threshold of 0.4000; changes that would raise it to the threshold:',
      'would be "leaves" if … (probability of "leaves" 0.4100)',
    ]);
    expect(counterfactualLines([other], { ...two, label: 'leaves', prediction: 0.4 })[0]).toBe(
      'predicted "leaves": its probability is 0.4000, not below the threshold of 0.4000; changes that would lower it below the threshold:',
    );
    expect(counterfactualLines([other], { label: 'plus', prediction: 0.5 })).toEqual([
      'predicted "plus": its probability, 0.5000, is the highest; changes that would make that of another class the highest:',
      'would be "leaves" if … (probability 0.4100)',
    ]);
    const { label: _, ...value } = { ...other, prediction: 450 };
    expect(counterfactualLines([value], { prediction: 300.26, threshold: 400 })).toEqual([
      'predicted 300.3, below 400; changes that would raise it to 400:',
      'would be "leaves" if …',
    ]);
    expect(counterfactualLines([value], { prediction: 400, threshold: 400 })[0]).toBe(
      'predicted 400, not below 400; changes that would lower it below 400:',
    );
  });

  it('shows enough digits to tell a probability from the threshold', () => {
    expect(counterfactualLines([other], { ...two, prediction: 0.39999, threshold: 0.4 })[0]).toContain(
      'is 0.39999, below the threshold of 0.40000;',
    );
  });

  it('says if none were found', () => {
    expect(counterfactualLines([], two)).toEqual([
      'predicted "stays": the probability of "leaves" is 0.1000, below the threshold of 0.4000; no allowed and plausible change was found that would raise it to the threshold',
    ]);
  });
});
