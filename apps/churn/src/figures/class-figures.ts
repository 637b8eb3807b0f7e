import type { Labels } from '@churn/core';
import { classDistributionChart, type TableProfile, type TargetRelation, targetRateChart } from '@churn/eda';
import { classCounts } from '../training/class-counts.js';
import { type Figure, fileName } from './figure.js';

/** How many columns the rate of the target is drawn by: those that tell the most of it. */
const RATES = 6;
/** How many classes are told in words. */
const TOLD_CLASSES = 5;

/** How many rows each class has. */
export function classFigure(labels: Labels, target: string): Omit<Figure, 'id'> {
  const levels = classCounts(labels).map(({ label, rows }) => ({ level: label, rows }));
  const shown = levels.slice(0, TOLD_CLASSES).map(({ level, rows }) => `${rows} of “${level}”`);
  const more = levels.length > TOLD_CLASSES ? `, and ${levels.length - TOLD_CLASSES} more classes` : '';
  const title = `${target}: rows by class`;
  return {
    section: 'data',
    alt: `${title}: ${shown.join(', ')}${more}`,
    chart: classDistributionChart(levels, { title }),
  };
}

/** The rate of the class to find by the columns that tell the most of it. */
export function rateFigures(profiled: TableProfile, positive: string): Figure[] {
  const { target } = profiled;
  if (target?.kind !== 'classes') return [];
  return tellingRelations(profiled)
    .slice(0, RATES)
    .filter(({ bins }) => bins.length > 0)
    .map((relation) => ({
      id: `rate_${fileName(relation.name)}`,
      section: 'columns',
      column: relation.name,
      alt: `Rate of “${positive}” by ${relation.name}`,
      chart: targetRateChart(relation, { positive, rate: target.rate }),
    }));
}

/** What each column tells of the target, the most telling first. */
export function tellingRelations({ target }: TableProfile): TargetRelation[] {
  if (target?.kind !== 'classes') return [];
  return [...target.relations].sort((a, b) => b.mutualInformation - a.mutualInformation);
}
