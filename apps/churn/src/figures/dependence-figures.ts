import type { FittedClassifier, FittedPipeline, FittedRegressor, Table } from '@churn/core';
import { dependenceChart } from '@churn/eda';
import { partialDependence } from '@churn/explain';
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

/** What a model predicts as one of its most important columns changes, all else as it is in test rows; nothing for models of many classes. */
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
  return drivers
    .filter(({ share }) => share > 0)
    .slice(0, COLUMNS)
    .filter(({ column }) => hasValues(rows, column))
    .map(({ column }) => {
      const options = { kind: 'individual', gridResolution: VALUES } as const;
      const { grid, average, individual, label } = partialDependence(model, rows, column, options);
      const measure = isOfClasses ? `probability of “${label}”` : 'prediction';
      const title = `${name}: ${measure} by ${column}`;
      return {
        id: `dependence_${fileName(column)}`,
        section: 'importance',
        column,
        alt: `What ${name} predicts on average as ${column} changes`,
        chart: dependenceChart(
          {
            column,
            values: grid[0],
            average,
            individual: individual && spreadRows(rows.nRows, CURVES).map((row) => individual[row]),
          },
          {
            title,
            measure,
            subtitle: `mean of ${rows.nRows} test rows, and single ones, as only this column changes${partnerText(interactions, column)}`,
          },
        ),
      };
    });
}

/** With which column another interacts most. @param interactions the strongest first. */
function partnerText(interactions: readonly Interaction[], column: string): string {
  const strongest = interactions.find(({ columns }) => columns.includes(column));
  if (!strongest) return '';
  const [first, second] = strongest.columns;
  return `; interacts most with ${first === column ? second : first}`;
}

function hasValues(x: Table, name: string): boolean {
  const column = x.column(name);
  return column.kind === 'numeric'
    ? column.values.some((value) => !Number.isNaN(value))
    : column.codes.some((code) => code >= 0);
}
