import type { CustomerTable } from './customer-table.js';
import { generateCustomers } from './generate-customers.js';
import { type Figures, summary } from './summary.js';

const table = generateCustomers({ rows: 10_127, seed: 3 });
const target = texts(table, 'Attrition_Flag');

test('is the same for the same seed and another for another', () => {
  const short = { rows: 300, seed: 3 };
  expect(generateCustomers(short)).toEqual(generateCustomers(short));
  expect(generateCustomers({ rows: 300, seed: 4 })).not.toEqual(generateCustomers(short));
});

test('has the class shares of the real file', () => {
  expect(target.filter((label) => label === 'Attrited Customer')).toHaveLength(1627);
});

test.each([1, 2, 50, 1001])('makes %d customers', (rows) => {
  for (const { values } of generateCustomers({ rows, seed: 1 }).columns) expect(values).toHaveLength(rows);
});

test.each([0, -1, 1.5, Number.NaN])('refuses to make %d customers', (rows) => {
  expect(() => generateCustomers({ rows, seed: 1 })).toThrow(/rows: expected an integer/);
});

test('numbers the rows and gives each customer a number of their own', () => {
  expect(numbers(table, '')).toEqual(Float64Array.from({ length: 10_127 }, (_, row) => row));
  expect(new Set(numbers(table, 'CLIENTNUM')).size).toBe(10_127);
});

test('has the open credit and the utilisation that follow from limit and balance', () => {
  const limit = numbers(table, 'Credit_Limit');
  const balance = numbers(table, 'Total_Revolving_Bal');
  numbers(table, 'Avg_Open_To_Buy').forEach((open, row) => {
    expect(open).toBeCloseTo(limit[row] - balance[row], 6);
  });
  numbers(table, 'Avg_Utilization_Ratio').forEach((used, row) => {
    expect(Math.abs(used - balance[row] / limit[row])).toBeLessThanOrEqual(0.0005 + 1e-9);
  });
});

test.each(Object.entries(summary.ranges))(
  '%s is within the range of the real file',
  (name, [least, greatest]) => {
    const values = numbers(table, name);
    expect(values.every((value) => value >= least && value <= greatest)).toBe(true);
    const whole = name !== 'Credit_Limit' && Number.isInteger(least) && Number.isInteger(greatest);
    if (whole && name !== 'Avg_Open_To_Buy') expect(values.every(Number.isInteger)).toBe(true);
  },
);

test('a quarter of the customers have been with the bank for 36 months', () => {
  const months = numbers(table, 'Months_on_book');
  expect(months.filter((value) => value === 36).length / months.length).toBeCloseTo(0.243, 2);
});

describe.each<[string, Figures, number[]]>([
  ['all customers', summary.overall, rowsWhere(() => true)],
  [
    'those who stay',
    summary.perClass['Existing Customer'],
    rowsWhere((label) => label === 'Existing Customer'),
  ],
  [
    'those who leave',
    summary.perClass['Attrited Customer'],
    rowsWhere((label) => label === 'Attrited Customer'),
  ],
])('%s', (_, figures, rows) => {
  // Balances move within a segment so as to fit their limits, which shifts the utilisation of a class a little.
  const tolerance = (name: string) =>
    name === 'Avg_Utilization_Ratio' && rows.length < 10_127 ? 0.05 : 0.02;

  test.each(Object.entries(figures.means))('have the mean %s of the real file', (name, mean) => {
    const values = numbers(table, name);
    const ours = rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
    expect(Math.abs(ours / mean - 1)).toBeLessThan(tolerance(name));
  });

  test.each(Object.entries(figures.shares))('have the shares of %s of the real file', (name, shares) => {
    const values = texts(table, name);
    for (const [level, share] of Object.entries(shares)) {
      const ours = rows.filter((row) => values[row] === level).length / rows.length;
      expect(Math.abs(ours - share)).toBeLessThan(0.01);
    }
    expect(rows.every((row) => Object.hasOwn(shares, values[row]))).toBe(true);
  });
});

function rowsWhere(holds: (label: string) => boolean): number[] {
  return target.flatMap((label, row) => (holds(label) ? [row] : []));
}

function numbers({ columns }: CustomerTable, name: string): Float64Array {
  const values = columns.find((column) => column.name === name)?.values;
  if (values instanceof Float64Array) return values;
  throw new Error(`${name} is no column of numbers`);
}

function texts({ columns }: CustomerTable, name: string): readonly string[] {
  const values = columns.find((column) => column.name === name)?.values;
  if (values === undefined || values instanceof Float64Array) throw new Error(`${name} is no category`);
  return values;
}
