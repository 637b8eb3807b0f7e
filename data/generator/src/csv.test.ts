import { csvPieces } from './csv.js';

test('writes integers plain and other numbers with a decimal', () => {
  const columns = [
    { name: '', values: Float64Array.of(0, 1) },
    { name: 'Credit_Limit', values: Float64Array.of(12691, 1438.3) },
    { name: 'Gender', values: ['M', 'F'] },
    { name: 'Avg_Utilization_Ratio', values: Float64Array.of(0, 0.061) },
  ];
  expect([...csvPieces({ rows: 2, columns })].join('')).toBe(
    ',Credit_Limit,Gender,Avg_Utilization_Ratio\n0,12691.0,M,0.0\n1,1438.3,F,0.061\n',
  );
});
