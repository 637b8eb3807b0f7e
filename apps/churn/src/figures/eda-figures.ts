import type { Column, Labels, Table } from '@churn/core';
import {
  type ChartSpec,
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
import type { Dataset } from '../training/data.js';

/** Figures by the names of their files, without an ending. */
export type Figures = ReadonlyMap<string, ChartSpec>;

/** How many columns get a figure where the configuration names none. */
const MAX_COLUMNS = 30;
/** How many columns the rate of the target is drawn by: those that tell the most of it. */
const RATES = 6;

/** The data as it is looked at: dates by their parts, since of days there are too many to tell of each. */
export function withDateParts(dataset: Dataset, { processing: { dates } }: Config): Dataset {
  if (!dates) return dataset;
  return { ...dataset, features: new DateParts(dates).fitTransform(dataset.features).output };
}

/** The profile of the columns to learn from, and what they tell of a target of two classes. */
export function profileOf({ features, labels }: Dataset, { data, seed }: Config): TableProfile {
  const { target: name, positive } = data;
  if (positive === undefined) return profile(features, { seed });
  return profile(features, { target: { name, values: labels, positive }, seed });
}

/** What the data looks like: the target, the columns that the configuration names, correlations, gaps, and target rates. */
export function edaFigures({ features, labels }: Dataset, profiled: TableProfile, config: Config): Figures {
  const { target, positive = '' } = config.data;
  const figures = new Map<string, ChartSpec>();
  const { figures: named } = config.eda;
  const columns = named ? Object.entries(named) : everyColumn(features, target);
  for (const [file, name] of columns) {
    if (name === target) figures.set(file, targetChart(labels, target));
    else if (features.has(name) && hasValues(features.column(name))) {
      figures.set(file, columnChart(name, features.column(name)));
    }
  }
  if (profiled.correlations.pearson.columns.length > 1) {
    figures.set('corr_heatmap', correlationChart(profiled.correlations.pearson));
  }
  if (profiled.columns.some(({ missing }) => missing > 0)) {
    figures.set('missing_values', missingChart(features));
  }
  for (const relation of tellingRelations(profiled).slice(0, RATES)) {
    if (relation.bins.length === 0) continue;
    figures.set(
      freeName(`rate_${fileName(relation.name)}`, figures),
      targetRateChart(relation, { positive, rate: profiled.target?.rate }),
    );
  }
  return figures;
}

/** What each column tells of the target, the most telling first. */
export function tellingRelations({ target }: TableProfile): TargetRelation[] {
  return [...(target?.relations ?? [])].sort((a, b) => b.mutualInformation - a.mutualInformation);
}

/** The columns of a configuration that draws, but that the data does not have. */
export function unknownColumns({ features }: Dataset, { eda, data }: Config): string[] {
  return Object.values(eda.figures ?? {}).filter((name) => name !== data.target && !features.has(name));
}

function targetChart(labels: Labels, target: string): ChartSpec {
  const counts = labels.counts();
  const levels = labels.classes.map((label, i) => ({ level: String(label), rows: counts[i] }));
  return classDistributionChart(levels, { title: `${target}: rows by class` });
}

/** A column of numbers without any has no distribution; that all are missing, other figures show. */
function hasValues(column: Column): boolean {
  return column.kind === 'category' || column.values.some(Number.isFinite);
}

function columnChart(name: string, column: Column): ChartSpec {
  if (column.kind === 'numeric') return histogramChart(name, column.values);
  const rows = column.levels.map(() => 0);
  let missing = 0;
  for (const code of column.codes) {
    if (code < 0) missing++;
    else rows[code]++;
  }
  const levels = column.levels.map((level, i) => ({ level, rows: rows[i] }));
  return levelShareChart(name, missing > 0 ? [...levels, { level: 'no value', rows: missing }] : levels);
}

function everyColumn(features: Table, target: string): Map<string, string> {
  const figures = new Map<string, string>();
  for (const name of [target, ...features.names.slice(0, MAX_COLUMNS)]) {
    figures.set(freeName(`${fileName(name)}_dist`, figures), name);
  }
  return figures;
}

/** A name, numbered where it is taken: `a b` and `a_b` come to the same. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}_${i}`;
  return free;
}

/** No more letters than these of a name are in that of a file: systems take 255 bytes, and a letter may be four. */
const MOST_LETTERS = 50;

/** A name as that of a file: lower case, with `_` in place of all that is no letter or digit. */
export function fileName(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return Array.from(words).slice(0, MOST_LETTERS).join('') || 'column';
}
