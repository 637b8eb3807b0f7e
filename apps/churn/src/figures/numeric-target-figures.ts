import type { TargetValues } from '@churn/core';
import {
  histogramChart,
  suitedScale,
  type TableProfile,
  targetBoxChart,
  targetMeanChart,
  type ValueRelation,
} from '@churn/eda';
import { type Figure, fileName } from './figure.js';

/** The number of columns whose relation to the target is drawn: those that explain most of it. */
const COLUMNS = 6;

/** The distribution of the target, on a log scale if that shows more. */
export function valueFigure({ values }: TargetValues, target: string): Omit<Figure, 'id'> {
  return {
    section: 'data',
    alt: `Histogram of ${target}, the target`,
    chart: histogramChart(target, values, { scale: suitedScale(values) }),
  };
}

/** The mean target by the columns that explain most of it, and its quartiles by category. */
export function valueRelationFigures(profiled: TableProfile, target: string): Figure[] {
  if (profiled.target?.kind !== 'values') return [];
  const { scale, values } = profiled.target;
  const categories = new Set(
    profiled.columns.filter(({ kind }) => kind === 'category').map(({ name }) => name),
  );
  return explainingRelations(profiled)
    .slice(0, COLUMNS)
    .filter(({ bins }) => bins.length > 0)
    .flatMap((relation) => [
      {
        id: `mean_${fileName(relation.name)}`,
        section: 'columns' as const,
        column: relation.name,
        alt: `Mean ${target} by ${relation.name}`,
        chart: targetMeanChart(relation, { target, mean: values.mean ?? undefined }),
      },
      ...(categories.has(relation.name)
        ? [
            {
              id: `box_${fileName(relation.name)}`,
              section: 'columns' as const,
              column: relation.name,
              alt: `Quartiles of ${target} by ${relation.name}`,
              chart: targetBoxChart(relation, { target, scale }),
            },
          ]
        : []),
    ]);
}

/** The relation of each column to a numeric target, strongest first. */
export function explainingRelations({ target }: TableProfile): ValueRelation[] {
  if (target?.kind !== 'values') return [];
  return [...target.relations].sort((a, b) => (b.epsilonSquared ?? 0) - (a.epsilonSquared ?? 0));
}
