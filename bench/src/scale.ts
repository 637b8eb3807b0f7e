/** Fits the tree models on as many generated customers as the argument says, and prints the times as JSON. */
import { Labels, Table } from '@churn/core';
import { GradientBoostingClassifier, RandomForestClassifier, setThreads } from '@churn/models';
import { generateCustomers } from '@churn/synthetic-data';

// Peers have one thread, too.
setThreads(1);

const { x, y } = customers(Number(process.argv[2]));

function seconds(fit: () => unknown): number {
  const start = performance.now();
  fit();
  return (performance.now() - start) / 1000;
}

const forest = seconds(() => new RandomForestClassifier({ nEstimators: 10, seed: 1 }).fit(x, y));
const boosting = seconds(() => new GradientBoostingClassifier({ growth: 'leaf', nEstimators: 50 }).fit(x, y));
process.stdout.write(JSON.stringify({ forest, boosting }));

/** Numbers alone: a level becomes its place among the levels. */
function customers(rows: number): { x: Table; y: Labels } {
  const ignored = ['Unnamed: 0', '', 'CLIENTNUM', 'Attrition_Flag'];
  const { columns } = generateCustomers({ rows, seed: 1 });
  const target = columns.find(({ name }) => name === 'Attrition_Flag');
  if (!target || target.values instanceof Float64Array)
    throw new Error('expected the labels of the customers');
  const numbers = columns
    .filter(({ name }) => !ignored.includes(name))
    .map(({ name, values }): [string, Float64Array] => {
      if (values instanceof Float64Array) return [name, values];
      const places = new Map([...new Set(values)].sort().map((level, place) => [level, place]));
      return [name, Float64Array.from(values, (level) => places.get(level) ?? NaN)];
    });
  return { x: Table.fromColumns(numbers), y: Labels.from(target.values) };
}
