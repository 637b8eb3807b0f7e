import { ChurnError } from '@churn/core';
import { fourDigits } from '../format.js';
import {
  type ChartSpec,
  type ChartTitle,
  figure,
  othersNote,
  requireFinite,
  requireSameLength,
  requireSome,
} from './figure.js';
import { shownName, shownNames } from './shown-names.js';
import { COLOURS } from './theme.js';

/**
 * The prediction of a model as a function of a column, as returned by `partialDependence` and `accumulatedLocalEffects` of
 * `@churn/explain`.
 */
export interface DependenceCurve {
  readonly column: string;
  /** The values of the column: ascending numbers, or categories. */
  readonly values: readonly unknown[];
  /** One number per value. */
  readonly average: ArrayLike<number>;
  /** A curve per row, drawn thin behind the average. */
  readonly individual?: readonly ArrayLike<number>[] | undefined;
}

export interface DependenceChartOptions extends ChartTitle {
  /** The axis title. Default `prediction`. */
  readonly measure?: string;
}

/** So many curves of rows, and so many categories, are drawn at most. */
const [MAX_CURVES, MAX_LEVELS] = [60, 40];

/**
 * The prediction of a model as a function of one column: a line over numbers, points over categories, with the curves of single rows
 * behind it, if given. Only the first 60 rows and 40 categories are shown, with a note.
 *
 * ```ts
 * const { grid, average, individual } = partialDependence(model, x, 'tenure', { kind: 'individual' });
 * dependenceChart({ column: 'tenure', values: grid[0]!, average, individual }, { measure: 'probability' });
 * ```
 *
 * @throws `invalid-data` if there is missing, arrays that belong together differ in length, numbers and categories are mixed, or a number
 * is not finite.
 */
export function dependenceChart(
  { column, values, average, individual = [] }: DependenceCurve,
  {
    title = `Prediction by ${shownName(column)}`,
    subtitle,
    measure = 'prediction',
  }: DependenceChartOptions = {},
): ChartSpec {
  const chart = 'dependenceChart';
  requireSome(chart, `values of "${column}"`, values);
  requireSameLength(chart, ['values', 'numbers of the average'], values, average);
  requireFinite(chart, 'the average', average);
  const curves = individual.slice(0, MAX_CURVES);
  for (const curve of curves) {
    requireSameLength(chart, ['values', 'numbers of each curve'], values, curve);
    requireFinite(chart, 'the curves of rows', curve);
  }
  const isNumeric = typeof values[0] === 'number';
  if (values.some((value) => (typeof value === 'number') !== isNumeric)) {
    throw new ChurnError('invalid-data', `${chart}: expected numbers or categories as values, got both`);
  }
  if (isNumeric) requireFinite(chart, 'values', values as number[]);
  const drawn = isNumeric ? values : shownNames(values.slice(0, MAX_LEVELS).map(String));
  const pointsOf = (curve: ArrayLike<number>, row: number) =>
    drawn.map((value, i) => ({ value, predicted: curve[i], row }));
  const x = isNumeric
    ? { field: 'value', type: 'quantitative' as const, title: shownName(column), scale: { zero: false } }
    : { field: 'value', type: 'nominal' as const, title: shownName(column), sort: null };
  const y = { field: 'predicted', type: 'quantitative' as const, title: measure, scale: { zero: false } };
  const line = {
    data: { values: curves.flatMap(pointsOf) },
    encoding: { x, y, detail: { field: 'row', type: 'nominal' as const } },
  };
  const notes = [
    othersNote(`${MAX_CURVES} rows are drawn`, individual.length - curves.length),
    othersNote(`the first ${MAX_LEVELS} categories`, values.length - drawn.length),
  ].filter((note) => note !== undefined);
  return figure(
    { title, subtitle, note: notes.length > 0 ? notes.join('; ') : undefined },
    {
      width: isNumeric ? 420 : { step: 44 },
      height: 280,
      layer: [
        { ...line, mark: { type: 'line', color: COLOURS.reference, opacity: 0.25, strokeWidth: 1 } },
        {
          data: {
            values: pointsOf(average, 0).map((point) => ({ ...point, shown: fourDigits(point.predicted) })),
          },
          mark: isNumeric
            ? {
                type: 'line',
                color: COLOURS.negative,
                strokeWidth: 3,
                point: { color: COLOURS.negative, size: 24 },
              }
            : { type: 'point', color: COLOURS.negative, filled: true, size: 90, opacity: 1 },
          encoding: {
            x,
            y,
            tooltip: [
              { field: 'value', type: x.type, title: shownName(column) },
              { field: 'shown', type: 'nominal', title: measure },
            ],
          },
        },
      ],
    },
  );
}
