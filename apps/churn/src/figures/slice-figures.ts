import { groupErrorChart } from '@churn/eda';
import type { ErrorSlices } from '@churn/selection';
import { worseSlices } from '../reporting/slice-section.js';
import type { Figure } from './figure.js';

/** The error slices of the best model on test rows; `undefined` if none stands out. */
export function sliceFigures(
  { best, slices }: { readonly best: string; readonly slices: ErrorSlices },
  measure: string,
): Figure[] {
  const worse = worseSlices(slices);
  if (worse.length === 0) return [];
  const title = `${best}: error slices`;
  return [
    {
      id: 'error_slices',
      section: 'slices',
      alt: `${title}, by the ${measure} of slices of test rows`,
      chart: groupErrorChart(
        worse.map(({ text, rows, meanLoss, interval }) => ({ group: text, rows, error: meanLoss, interval })),
        { title, overall: slices.overall.meanLoss, measure },
      ),
    },
  ];
}
