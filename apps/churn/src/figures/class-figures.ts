import type { Labels } from '@churn/core';
import { classDistributionChart, type TableProfile, type TargetRelation, targetRateChart } from '@churn/eda';
import { classCounts } from '../training/class-counts.js';
import { type Figure, fileName } from './figure.js';

/** The number of columns whose relation to the target is drawn: those with the strongest association. */
const RATES = 6;
/** The maximum number of classes in the alternative text. */
const MAX_CLASSES = 5;

/** The number of rows per class. */
export function classFigure(labels: Labels, target: string): Omit<Figure, 'id'> {
  const levels = classCounts(labels).map(({ label, rows }) => ({ level: label, rows }));
  const shown = levels.slice(0, MAX_CLASSES).map(({ level, rows }) => `${rows} of “${level}”`);
  const more = levels.length > MAX_CLASSES ? `, and ${levels.length - MAX_CLASSES} more classes` : '';
  const title = `${target}: rows by class`;
  return {
    section: 'data',
    alt: `${title}: ${shown.join(', ')}${more}`,
    chart: classDistributionChart(levels, { title }),
  };
}

/** The rate of the positive class by the columns with the strongest association. */
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

/** The association of each column with the target, strongest first. */
export function tellingRelations({ target }: TableProfile): TargetRelation[] {
  if (target?.kind !== 'classes') return [];
  return [...target.relations].sort((a, b) => b.mutualInformation - a.mutualInformation);
}
