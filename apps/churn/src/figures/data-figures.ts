import type { Column, Labels, Table } from '@churn/core';
import {
  classDistributionChart,
  correlationChart,
  histogramChart,
  levelShareChart,
  missingChart,
  profile,
  type TableProfile,
  type TargetRelation,
  targetRateChart,
} from '@churn/eda';
import { DateParts } from '@churn/transforms';
import type { Config } from '../config/config.js';
import type { Logger } from '../terminal/logger.js';
import { classCounts } from '../training/class-counts.js';
import type { Dataset } from '../training/data.js';
import { type Figure, fileName, withOwnIds } from './figure.js';

/** How many columns get a figure where the configuration names none. */
const MAX_COLUMNS = 30;
/** How many columns the rate of the target is drawn by: those that tell the most of it. */
const RATES = 6;
/** How many classes are told in words. */
const TOLD_CLASSES = 5;

/** What the data looks like. */
export interface Exploration {
  readonly profile: TableProfile;
  readonly figures: readonly Figure[];
}

/** Looks at the columns to learn from, and at what they tell of a target of two classes; warns of columns to draw that are not there. */
export function exploreData(dataset: Dataset, config: Config, logger: Logger): Exploration {
  const features = withDateParts(dataset.features, config);
  for (const name of unknownColumns(features, config)) {
    logger.warn(`eda.figures: there is no column "${name}" to draw`);
  }
  const { target: name, positive } = config.data;
  const target = positive === undefined ? undefined : { name, values: dataset.labels, positive };
  const profiled = profile(features, { ...(target && { target }), seed: config.seed });
  return { profile: profiled, figures: dataFigures(features, dataset.labels, profiled, config) };
}

/** Dates by their parts, since of days there are too many to tell of each. */
function withDateParts(features: Table, { processing: { dates } }: Config): Table {
  return dates ? new DateParts(dates).fitTransform(features).output : features;
}

/** The target, the columns that the configuration names, correlations, gaps, and target rates. */
function dataFigures(features: Table, labels: Labels, profiled: TableProfile, config: Config): Figure[] {
  const { target, positive = '' } = config.data;
  const figures: Figure[] = [];
  for (const [id, name] of columnsToDraw(features, config)) {
    if (name === target) figures.push({ id, ...targetFigure(labels, target) });
    else if (features.has(name) && hasValues(features.column(name))) {
      figures.push({ id, ...columnFigure(name, features.column(name)) });
    }
  }
  const { pearson } = profiled.correlations;
  if (pearson.columns.length > 1) {
    figures.push({
      id: 'corr_heatmap',
      section: 'data',
      alt: `Correlations of ${pearson.columns.length} numeric columns with each other`,
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
  for (const relation of tellingRelations(profiled).slice(0, RATES)) {
    if (relation.bins.length === 0) continue;
    figures.push({
      id: `rate_${fileName(relation.name)}`,
      section: 'columns',
      alt: `Rate of “${positive}” by ${relation.name}`,
      chart: targetRateChart(relation, { positive, rate: profiled.target?.rate }),
    });
  }
  return withOwnIds(figures);
}

/** What each column tells of the target, the most telling first. */
export function tellingRelations({ target }: TableProfile): TargetRelation[] {
  return [...(target?.relations ?? [])].sort((a, b) => b.mutualInformation - a.mutualInformation);
}

/** The columns that the configuration draws, but that the data does not have. */
function unknownColumns(features: Table, { eda, data }: Config): string[] {
  return Object.values(eda.figures ?? {}).filter((name) => name !== data.target && !features.has(name));
}

/** What is drawn column by column, each with the id of its figure. */
function columnsToDraw(features: Table, { eda, data }: Config): (readonly [id: string, name: string])[] {
  if (eda.figures) return Object.entries(eda.figures);
  return [data.target, ...features.names.slice(0, MAX_COLUMNS)].map((name) => [
    `${fileName(name)}_dist`,
    name,
  ]);
}

type Drawn = Omit<Figure, 'id'>;

function targetFigure(labels: Labels, target: string): Drawn {
  const levels = classCounts(labels).map(({ label, rows }) => ({ level: label, rows }));
  const shown = levels.slice(0, TOLD_CLASSES).map(({ level, rows }) => `${rows} of “${level}”`);
  const more = levels.length > TOLD_CLASSES ? `, and ${levels.length - TOLD_CLASSES} classes more` : '';
  const title = `${target}: rows by class`;
  return {
    section: 'data',
    alt: `${title}: ${shown.join(', ')}${more}`,
    chart: classDistributionChart(levels, { title }),
  };
}

/** A column of numbers without any has no distribution; that all are missing, other figures show. */
function hasValues(column: Column): boolean {
  return column.kind === 'category' || column.values.some(Number.isFinite);
}

function columnFigure(name: string, column: Column): Drawn {
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
  const all = missing > 0 ? [...levels, { level: 'no value', rows: missing }] : levels;
  return { section: 'data', alt: `Rows by ${name}`, chart: levelShareChart(name, all) };
}
