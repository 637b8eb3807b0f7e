import { fileURLToPath } from 'node:url';
import { Labels, type Table } from '@churn/core';
import { readCsv } from '@churn/io';

/** The file that all benchmarks read: the real one if its path is given, otherwise the synthetic one. */
export const dataFile =
  process.env.CHURN_REAL_DATA ?? fileURLToPath(new URL('../../data/bank_data.csv', import.meta.url));

/** Its features and labels, repeated `times` times. */
export async function readCustomers(times = 1): Promise<{ x: Table; y: Labels }> {
  const table = await readCsv(dataFile);
  const { codes, levels } = table.category('Attrition_Flag');
  const y = Labels.from(
    Array.from(codes, (code) => levels[code]),
    ['Existing Customer', 'Attrited Customer'],
  );
  const rows = Int32Array.from({ length: times * table.nRows }, (_, i) => i % table.nRows);
  const x = table.drop(['Unnamed: 0', 'CLIENTNUM', 'Attrition_Flag']);
  return { x: x.take(rows), y: y.take(rows) };
}
