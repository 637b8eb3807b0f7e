import { knownEconomics } from './decision-blocks.js';

describe('knownEconomics', () => {
  it('reports the savings of a cost rule, compared with contacting nobody', () => {
    const costs = { falsePositive: 5, falseNegative: 40, truePositive: -3, trueNegative: 1 };
    const economics = knownEconomics({ costs });
    expect(economics).toEqual({ value: 47, contact: 4, offer: 0, acceptance: 1 });
    const { value, contact } = economics ?? { value: NaN, contact: NaN };
    expect(value - contact).toBe(costs.falseNegative - costs.truePositive);
    expect(-contact).toBe(costs.trueNegative - costs.falsePositive);
  });

  it('is unknown under other rules, and if a contact is profitable by itself', () => {
    expect(knownEconomics({ maximise: 'f1' })).toBeUndefined();
    expect(knownEconomics(null)).toBeUndefined();
    expect(knownEconomics({ costs: { falsePositive: -1, falseNegative: 40 } })).toBeUndefined();
  });

  it('is that of a profit rule with the same values for all customers', () => {
    const amounts = { value: 200, contact: 1, offer: 20 };
    expect(knownEconomics({ profit: { ...amounts, acceptance: 0.3 } })).toEqual({
      ...amounts,
      acceptance: 0.3,
    });
    expect(knownEconomics({ profit: { ...amounts, acceptance: { alpha: 6, beta: 14 } } })).toEqual({
      ...amounts,
      acceptance: 0.3,
    });
    expect(knownEconomics({ profit: { ...amounts, value: 'balance', acceptance: 0.3 } })).toBeUndefined();
  });
});
