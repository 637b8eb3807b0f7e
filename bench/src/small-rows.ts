import { writeFileSync } from 'node:fs';
import { exp, Random } from '@churn/core';

/** The number of features of a row. */
const COLUMNS = 10;

/** Writes generated rows as CSV: numbers, four of which determine the label, one of them non-linearly. */
export function writeSmallRows(file: string, nRows: number, seed: number): void {
  const random = new Random(seed);
  const lines = Array.from({ length: nRows }, () => {
    const x = Array.from({ length: COLUMNS }, () => random.normal());
    const score = x[0] - 0.8 * x[1] + x[2] * x[3];
    const label = random.uniform() < 1 / (1 + exp(-2 * score)) ? 1 : 0;
    return [...x.map((value) => value.toFixed(6)), label].join(',');
  });
  const names = Array.from({ length: COLUMNS }, (_, j) => `x${j}`);
  writeFileSync(file, `${[...names, 'label'].join(',')}\n${lines.join('\n')}\n`);
}
