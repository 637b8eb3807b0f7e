import type { PerformanceFigures } from './performance-figures.js';

/** The numbers of rows that have a class, that are predicted as it, and both; fractional if they are expected values. */
export interface ClassOutcomes {
  readonly actual: number;
  readonly predicted: number;
  readonly truePositives: number;
}

/**
 * Accuracy, precision, recall and F1: for two classes those of the second; for more the macro averages, in which undefined values count as 0,
 * as in scikit-learn.
 *
 * @param outcomes one per class.
 */
export function decisionFigures(
  outcomes: readonly ClassOutcomes[],
  rows: number,
): Pick<PerformanceFigures, 'accuracy' | 'precision' | 'recall' | 'f1'> {
  const accuracy = ratio(
    outcomes.reduce((sum, { truePositives }) => sum + truePositives, 0),
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

function classFigures({ actual, predicted, truePositives }: ClassOutcomes) {
  return {
    precision: ratio(truePositives, predicted),
    recall: ratio(truePositives, actual),
    f1: ratio(2 * truePositives, predicted + actual),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
