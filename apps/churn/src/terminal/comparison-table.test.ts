import { metricDifferenceTable } from './comparison-table';

it('shows a metric, its difference and interval with the same decimals', () => {
  const table = metricDifferenceTable([
    { metric: 'rocAuc', a: 0.9912, b: 0.99301, difference: 0.00181, interval: [0.0002, 0.0034], better: 'b' },
    {
      ...{ metric: 'rootMeanSquaredError', a: 92.0845, b: 90.51, difference: -1.5745 },
      ...{ interval: [-3.25361, 0.1041], better: null },
    },
  ]);
  expect(table).toMatch(/│ ROC AUC +│ 0\.9912 │ 0\.9930 │ \+0\.0018 │ \+0\.0002 to \+0\.0034 │ +B │/);
  expect(table).toMatch(/│ RMSE +│ +92\.08 │ +90\.51 │ +-1\.57 │ +-3\.25 to \+0\.10 │ +│/);
});
