import { requireParameter, type Table } from '@churn/core';
import type { ModelOutput } from '../model-output.js';
import { levelsBySimilarity } from './level-order.js';

/** The accumulated effect of each level, and its number of rows. */
export interface LevelEffects {
  readonly grid: readonly string[];
  readonly effects: Float64Array;
  readonly counts: Int32Array;
}

/**
 * The accumulated local effects of a category column: the change of the predictions from each level to the next, for the rows of both.
 *
 * @param order the levels in order; default by similarity.
 * @throws `invalid-parameter` unless the rows have at least two levels and `order` contains each once.
 */
export function levelEffects(
  { of }: ModelOutput,
  x: Table,
  column: string,
  order: readonly string[] | undefined,
): LevelEffects {
  const { codes, levels } = x.category(column);
  const present = levels.filter((_, code) => codes.includes(code));
  requireParameter(present.length > 1, 'column', 'a column with at least two distinct values', column);
  const isComplete =
    order === undefined ||
    (new Set(order).size === order.length && present.every((level) => order.includes(level)));
  // Computed only if needed, since it uses all rows and columns.
  const bySimilarity = () => levelsBySimilarity(x, column, x.names);
  const expected = isComplete ? '' : `each level of "${column}" once: ${bySimilarity().join(', ')}`;
  requireParameter(isComplete, 'order', expected, order);
  // A level without rows has no effect.
  const grid = order?.filter((level) => present.includes(level)) ?? bySimilarity();
  const places = new Map(grid.map((level, place) => [level, place]));
  const rows = Array.from(codes.keys()).filter((row) => codes[row] >= 0);
  const at = Int32Array.from(rows, (row) => places.get(levels[codes[row]]) as number);
  const known = x.take(rows);
  const [before, now, after] = [-1, 0, 1].map((step) =>
    of(
      known.with({
        [column]: {
          kind: 'category',
          // Predictions beyond either end are not used.
          codes: at.map((place) => Math.min(Math.max(place + step, 0), grid.length - 1)),
          levels: grid,
        },
      }),
    ),
  );
  const counts = new Int32Array(grid.length);
  const sums = new Float64Array(grid.length - 1);
  at.forEach((place, i) => {
    counts[place]++;
    if (place > 0) sums[place - 1] += now[i] - before[i];
    if (place < sums.length) sums[place] += after[i] - now[i];
  });
  const effects = new Float64Array(grid.length);
  sums.forEach((sum, k) => {
    effects[k + 1] = effects[k] + sum / (counts[k] + counts[k + 1]);
  });
  const mean = effects.reduce((sum, effect, k) => sum + (effect * counts[k]) / rows.length, 0);
  return { grid, effects: effects.map((effect) => effect - mean), counts };
}
