import type { ClassLabel, FittedClassifier, FittedPipeline, FittedRegressor, Table } from '@churn/core';
import { dependenceChart } from '@churn/eda';
import { accumulatedLocalEffects, partialDependence } from '@churn/explain';
import type { Driver } from '../explanation/drivers.js';
import type { Interaction } from '../explanation/interactions.js';
import { type Figure, fileName } from './figure.js';
import { spreadRows } from './spread-rows.js';

/** How many columns the dependence on is drawn of: those that move the scores the most. */
const COLUMNS = 4;
/** How many rows it is measured on, and at how many values: more say hardly more, and take their time. */
const [ROWS, VALUES] = [150, 15];
/** How many of these rows are drawn alone. */
const CURVES = 40;

/** How many rows accumulated local effects are measured on, and in how many intervals. */
const [EFFECT_ROWS, INTERVALS] = [400, 20];

/**
 * Two figures for each of the columns that move the scores the most: what a model predicts as the column changes, all else as it is in test
 * rows, and the accumulated local effects of the column. Nothing for models of many classes.
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
      // Of a single value there is no step.
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

/** With which column another interacts most. @param interactions the strongest first. */
function partnerText(interactions: readonly Interaction[], column: string): string {
  const strongest = interactions.find(({ columns }) => columns.includes(column));
  if (!strongest) return '';
  const [first, second] = strongest.columns;
  return `; interacts most with ${first === column ? second : first}`;
}

/** How many different known values a column has. */
function nValues(x: Table, name: string): number {
  const column = x.column(name);
  const known =
    column.kind === 'numeric'
      ? column.values.filter((value) => !Number.isNaN(value))
      : column.codes.filter((code) => code >= 0);
  return new Set<number>(known).size;
}
