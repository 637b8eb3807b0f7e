import type { BoostedTrees } from '@churn/models';
import type { Expression } from '../../expression.js';
import { choose, column, isMissing, linear, number } from '../expressions.js';
import { Frame, type FrameColumn } from '../frame.js';
import type { ProgramBuilder } from '../program-builder.js';

type Statistics = NonNullable<BoostedTrees['statistics']>;
type Statistic = Statistics['parts']['statistics'][number];

/**
 * The input table of boosted trees: the remaining columns, and the shares of classes, or mean target values, in the cells of category columns.
 */
export function categoryStatistics(
  of: string,
  { parts, derived }: Statistics,
  frame: Frame,
  builder: ProgramBuilder,
): Frame {
  const { statistics, priors } = parts;
  const made = statistics.flatMap((statistic) => sharesOf(of, statistic, priors, frame, builder));
  const nKept = derived.length - made.length;
  const ids = builder.compute(
    of,
    made.map((value, i) => ({ name: derived[nKept + i].name, value })),
  );
  const columns = derived.map(
    (each, j): FrameColumn => ({
      ...each,
      id: j < nKept ? frame.id(each.name) : ids[j - nKept],
    }),
  );
  return new Frame(columns);
}

/** One expression per share; cells without training rows have the prior. */
function sharesOf(
  of: string,
  { cells, shares }: Statistic,
  priors: readonly number[],
  frame: Frame,
  builder: ProgramBuilder,
): Expression[] {
  const [name, ...others] = cells.columns;
  if (others.length === 0) {
    const [levels] = cells.levels;
    return priors.map((prior, k) => {
      const shareOf = new Map(Array.from(cells.cells, (cell, place) => [cell, shares[k][place]]));
      const share = (cell: number) => number(shareOf.get(cell) ?? prior);
      return {
        op: 'lookup',
        of: frame.value(name),
        entries: new Map(levels.map((level, cell) => [level, share(cell)])),
        missing: share(levels.length),
        otherwise: number(prior),
      };
    });
  }
  const digits = builder.compute(
    of,
    cells.columns.map((each, j) => ({
      name: `${each} as a digit`,
      value: {
        op: 'lookup',
        of: frame.value(each),
        entries: new Map(cells.levels[j].map((level, digit) => [level, number(digit)])),
        missing: number(cells.levels[j].length),
        // The cell of an unseen level is missing.
        otherwise: number(NaN),
      },
    })),
  );
  // The first digit is the most significant.
  const places: number[] = [];
  let place = 1;
  for (let j = digits.length - 1; j >= 0; j--) {
    places[j] = place;
    place *= cells.levels[j].length + 1;
  }
  const [cell] = builder.compute(of, [
    { name: `cell of ${cells.columns.join(' and ')}`, value: linear(0, places, digits.map(column)) },
  ]);
  return priors.map((prior, k) =>
    choose(isMissing(column(cell)), number(prior), stepAt(column(cell), cells.cells, shares[k], prior)),
  );
}

/** The value of an integer in an ascending list; `otherwise` for any other. */
function stepAt(of: Expression, at: Int32Array, values: Float64Array, otherwise: number): Expression {
  const edges: number[] = [];
  const heights: number[] = [];
  at.forEach((cell, i) => {
    if (edges.length === 0 || edges[edges.length - 1] < cell - 1) {
      edges.push(cell - 1);
      heights.push(otherwise);
    }
    edges.push(cell);
    heights.push(values[i]);
  });
  return { op: 'step', of, edges, values: [...heights, otherwise] };
}
