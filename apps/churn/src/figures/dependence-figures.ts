import type { ClassLabel, FittedClassifier, FittedPipeline, FittedRegressor, Table } from '@churn/core';
import { dependenceChart } from '@churn/eda';
import { accumulatedLocalEffects, partialDependence } from '@churn/explain';
import type { Driver } from '../explanation/drivers.js';
import type { Interaction } from '../explanation/interactions.js';
import { type Figure, fileName } from './figure.js';
import { spreadRows } from './spread-rows.js';

/** The number of columns whose dependence is drawn: those with the largest effect on the scores. */
const COLUMNS = 4;
/** The numbers of rows and values for the dependence, limited for speed. */
const [ROWS, VALUES] = [150, 15];
/** The number of these rows drawn individually. */
const CURVES = 40;

/** The numbers of rows and intervals for accumulated local effects. */
const [EFFECT_ROWS, INTERVALS] = [400, 20];

/**
 * Two figures for each of the columns with the largest effect: the partial dependence of predictions on test rows, and the accumulated
 * local effects. Empty for multiclass models.
 */
export function dependenceFigures(
  name: string,
  model: FittedPipeline<FittedClassifier> | FittedPipeline<FittedRegressor>,
  x: Table,
  drivers: readonly Driver[],
  interactions: readonly Interaction[],
): Figure[] {
  const isOfClasses = model.role === 'classifier';
  if (isOfClasses && model.classes?.length !== 2) return [];
  const rows = x.take(spreadRows(x.nRows, ROWS));
  const more = x.take(spreadRows(x.nRows, EFFECT_ROWS));
  return drivers
    .filter(({ share }) => share > 0)
    .slice(0, COLUMNS)
    .filter(({ column }) => nValues(rows, column) > 0)
    .flatMap(({ column }) => [
      dependenceFigure(name, model, rows, column, interactions),
      // A single value has no effect to draw.
      ...(nValues(more, column) > 1 ? [effectFigure(name, model, more, column)] : []),
    ]);
}

function dependenceFigure(
  name: string,
  model: FittedPipeline<FittedClassifier> | FittedPipeline<FittedRegressor>,
  rows: Table,
  column: string,
  interactions: readonly Interaction[],
): Figure {
  const options = { kind: 'individual', gridResolution: VALUES } as const;
  const { grid, average, individual, label } = partialDependence(model, rows, column, options);
  const measure = measureOf(label);
  return {
    id: `dependence_${fileName(column)}`,
    section: 'importance',
    column,
    alt: `Average prediction of ${name} as ${column} changes`,
    chart: dependenceChart(
      {
        column,
        values: grid[0],
        average,
        individual: individual && spreadRows(rows.nRows, CURVES).map((row) => individual[row]),
      },
      {
        title: `${name}: ${measure} by ${column}`,
        measure,
        subtitle: `mean and single rows, with only this column changing${partnerText(interactions, column)}`,
      },
    ),
  };
}

function effectFigure(
  name: string,
  model: FittedPipeline<FittedClassifier> | FittedPipeline<FittedRegressor>,
  rows: Table,
  column: string,
): Figure {
  const { grid, effects, label } = accumulatedLocalEffects(model, rows, column, { nIntervals: INTERVALS });
  return {
    id: `effect_${fileName(column)}`,
    section: 'importance',
    column,
    alt: `The effect of ${column} on the predictions of ${name}, among rows with such values`,
    chart: dependenceChart(
      { column, values: grid, average: effects },
      {
        title: `${name}: effect of ${column}`,
        measure: `effect on the ${measureOf(label)}`,
        subtitle: 'accumulated local effects, among rows with such values',
      },
    ),
  };
}

function measureOf(label: ClassLabel | undefined): string {
  return label === undefined ? 'prediction' : `probability of “${label}”`;
}

/** Names the column that another interacts with most. @param interactions the interactions, strongest first. */
function partnerText(interactions: readonly Interaction[], column: string): string {
  const strongest = interactions.find(({ columns }) => columns.includes(column));
  if (!strongest) return '';
  const [first, second] = strongest.columns;
  return `; interacts most with ${first === column ? second : first}`;
}

/** The number of distinct non-missing values of a column. */
function nValues(x: Table, name: string): number {
  const column = x.column(name);
  const known =
    column.kind === 'numeric'
      ? column.values.filter((value) => !Number.isNaN(value))
      : column.codes.filter((code) => code >= 0);
  return new Set<number>(known).size;
}
