import type { PerformanceFigures } from './performance-figures.js';

/** How many rows are of a class, how many were called so, and how many were both; expected numbers may be fractions. */
export interface ClassOutcomes {
  readonly actual: number;
  readonly called: number;
  readonly hits: number;
}

/**
 * Accuracy, precision, recall and F1: of two classes those of the second, of more the averages over all, where an undefined precision or
 * recall counts as 0, as in scikit-learn.
 *
 * @param outcomes of each class.
 */
export function decisionFigures(
  outcomes: readonly ClassOutcomes[],
  rows: number,
): Pick<PerformanceFigures, 'accuracy' | 'precision' | 'recall' | 'f1'> {
  const accuracy = ratio(
    outcomes.reduce((sum, { hits }) => sum + hits, 0),
    rows,
  );
  if (outcomes.length === 2) return { accuracy, ...classFigures(outcomes[1]) };
  const each = outcomes.map(classFigures);
  const mean = (name: 'precision' | 'recall' | 'f1') =>
    ratio(
      each.reduce((sum, figures) => sum + (figures[name] ?? 0), 0),
      rows > 0 ? each.length : 0,
    );
  return { accuracy, precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

function classFigures({ actual, called, hits }: ClassOutcomes) {
  return {
    precision: ratio(hits, called),
    recall: ratio(hits, actual),
    f1: ratio(2 * hits, called + actual),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
