import type { Random } from '@churn/core';
import { drawCopula } from './copula.js';
import { levelsAt } from './levels.js';
import { valuesAt } from './quantile.js';
import type { Segment, Summary } from './summary.js';
import { keepWithinLimit } from './within-limit.js';

/** The drawn columns of some customers. */
export interface DrawnColumns {
  readonly numeric: ReadonlyMap<string, Float64Array>;
  readonly category: ReadonlyMap<string, readonly string[]>;
}

/** Draws `rows` customers of one segment: every column that does not follow from others. */
export function drawSegment(summary: Summary, segment: Segment, rows: number, random: Random): DrawnColumns {
  const { continuous, discrete, probabilities } = summary;
  const correlation = segment.correlation.map((percent) => percent / 100);
  const draws = drawCopula(rows, continuous.length + discrete.length, correlation, random.stream('copula'));

  const numeric = new Map<string, Float64Array>();
  const category = new Map<string, readonly string[]>();
  continuous.forEach(({ column, decimals }, i) => {
    numeric.set(column, valuesAt(draws[i], segment.quantiles[column], probabilities, decimals));
  });
  discrete.forEach(({ columns, levels }, i) => {
    const codes = levelsAt(draws[continuous.length + i], segment.shares[columns.join('|')]);
    columns.forEach((column, part) => {
      const values = levels.map((level) => level[part]);
      if (typeof values[0] === 'number') {
        numeric.set(
          column,
          Float64Array.from(codes, (code) => Number(values[code])),
        );
      } else {
        category.set(
          column,
          Array.from(codes, (code) => String(values[code])),
        );
      }
    });
  });

  const balances = numeric.get('Total_Revolving_Bal')!;
  keepWithinLimit(balances, numeric.get('Credit_Limit')!, random.stream('limit'));
  return { numeric, category };
}
