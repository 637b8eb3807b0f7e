import type { Column, Table, Target } from '@churn/core';
import {
  correlationChart,
  dateColumns,
  histogramChart,
  levelShareChart,
  missingChart,
  type NamedTarget,
  type NamedTargetValues,
  periodChart,
  profile,
  type TableProfile,
  timeProfile,
} from '@churn/eda';
import { DateParts } from '@churn/transforms';
import type { Config } from '../config/config.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import type { Dataset } from '../training/dataset.js';
import { type Figure, fileName, withOwnIds } from './figure.js';

/** The maximum number of columns drawn by default. */
const MAX_COLUMNS = 30;
/** The maximum number of date columns drawn by period. */
const MAX_DATES = 3;

/** The profile and the figures of the data. */
export interface Exploration {
  readonly profile: TableProfile;
  readonly figures: readonly Figure[];
}

/** Profiles the columns to train on and their association with the target; warns of columns to draw that do not exist. */
export function exploreData<T extends Target>(
  task: Task<T>,
  dataset: Dataset<T>,
  config: Config,
  logger: Logger,
): Exploration {
  const features = withDateParts(dataset.features, config);
  for (const name of unknownColumns(features, config)) {
    logger.warn(`eda.figures: there is no column "${name}" to draw`);
  }
  const target = task.profiledTarget(dataset.y, config);
  const profiled = profile(features, { target, seed: config.seed });
  const figures = [
    ...dataFigures(task, features, dataset.y, profiled, config),
    ...timeFigures(dataset.features, target),
  ];
  return { profile: profiled, figures: withOwnIds(figures) };
}

/** Dates by their parts, since there are too many days to list. */
function withDateParts(features: Table, { processing: { dates } }: Config): Table {
  return dates ? new DateParts(dates).fitTransform(features).output : features;
}

/** Figures of the target, the configured columns, correlations, missing values and associations with the target. */
function dataFigures<T extends Target>(
  task: Task<T>,
  features: Table,
  y: T,
  profiled: TableProfile,
  config: Config,
): Figure[] {
  const { target } = config.data;
  const figures: Figure[] = [];
  for (const [id, name] of columnsToDraw(features, config)) {
    if (name === target) figures.push({ id, ...task.targetFigure(y, target) });
    else if (features.has(name) && hasValues(features.column(name))) {
      figures.push({ id, ...columnFigure(name, features.column(name)) });
    }
  }
  const { pearson } = profiled.correlations;
  if (pearson.columns.length > 1) {
    figures.push({
      id: 'corr_heatmap',
      section: 'data',
      alt: `Correlations of ${pearson.columns.length} numeric columns`,
      chart: correlationChart(pearson),
    });
  }
  if (profiled.columns.some(({ missing }) => missing > 0)) {
    figures.push({
      id: 'missing_values',
      section: 'data',
      alt: 'Share of missing values by column',
      chart: missingChart(features),
    });
  }
  figures.push(...task.relationFigures(profiled, config));
  return figures;
}

/** Rows and the target over time, by the periods of date columns. */
function timeFigures(features: Table, target: NamedTarget | NamedTargetValues | undefined): Figure[] {
  return dateColumns(features)
    .slice(0, MAX_DATES)
    .map((name) => ({
      id: `time_${fileName(name)}`,
      section: 'columns',
      alt: target ? `Rows and ${target.name} by ${name}` : `Rows by ${name}`,
      chart: periodChart(timeProfile(features, name, { target })),
    }));
}

/** Configured columns that the data lacks. */
function unknownColumns(features: Table, { eda, data }: Config): string[] {
  return Object.values(eda.figures ?? {}).filter((name) => name !== data.target && !features.has(name));
}

/** The columns to draw, each with the ID of its figure. */
function columnsToDraw(features: Table, { eda, data }: Config): (readonly [id: string, name: string])[] {
  if (eda.figures) return Object.entries(eda.figures);
  return [data.target, ...features.names.slice(0, MAX_COLUMNS)].map((name) => [
    `${fileName(name)}_dist`,
    name,
  ]);
}

/** Whether a column has values; otherwise it has no distribution to draw. */
function hasValues(column: Column): boolean {
  return column.kind === 'category' || column.values.some(Number.isFinite);
}

function columnFigure(name: string, column: Column): Omit<Figure, 'id'> {
  if (column.kind === 'numeric') {
    return { section: 'data', alt: `Histogram of ${name}`, chart: histogramChart(name, column.values) };
  }
  const rows = column.levels.map(() => 0);
  let missing = 0;
  for (const code of column.codes) {
    if (code < 0) missing++;
    else rows[code]++;
  }
  const levels = column.levels.map((level, i) => ({ level, rows: rows[i] }));
  const all = missing > 0 ? [...levels, { level: 'missing', rows: missing }] : levels;
  return { section: 'data', alt: `Rows by ${name}`, chart: levelShareChart(name, all) };
}
