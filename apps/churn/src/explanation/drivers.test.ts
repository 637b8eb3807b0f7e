import { driversOf } from './drivers.js';

const row = (age: number, plan: string, ...contributions: [number, number]) => ({
  unit: 'log-odds' as const,
  baseline: 0,
  reasons: [
    { column: 'plan', value: plan, contribution: contributions[1], text: '' },
    { column: 'age', value: age, contribution: contributions[0], text: '' },
  ],
});

describe('driversOf', () => {
  it('orders columns by the size of their contributions, and reports the direction of numbers', () => {
    const drivers = driversOf([row(20, 'a', 2, 0.5), row(40, 'b', 0, -0.5), row(60, 'a', -2, 1)]);
    expect(drivers).toEqual([
      { column: 'age', share: 4 / 6, raisedBy: 'low values' },
      { column: 'plan', share: 2 / 6, raisedBy: null },
    ]);
  });

  it('reports no direction if values or contributions are constant, and no share if all are 0', () => {
    expect(driversOf([row(20, 'a', 0, 0), row(20, 'b', 0, 0)])).toEqual([
      { column: 'plan', share: 0, raisedBy: null },
      { column: 'age', share: 0, raisedBy: null },
    ]);
    expect(driversOf([])).toEqual([]);
  });
});
