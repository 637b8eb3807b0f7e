import { observedUpliftChart, qiniChart, upliftChart } from '@churn/eda';
import type { FoundUplift } from '../uplift/uplift-report.js';
import type { Figure } from './figure.js';

/** The figures of an uplift model on held-out rows: its curves, and the observed uplift by quantile. */
export function upliftFigures({ report: { model }, found }: FoundUplift): Figure[] {
  if (!model || !found) return [];
  const { learner: name, qini, upliftAuc, parts } = model;
  const interval = ({ low, high }: { readonly low: number; readonly high: number }) =>
    `95% interval of the area ${low.toFixed(3)} to ${high.toFixed(3)}; band: interval of the curve; dashed line: random order`;
  const best = parts[0].uplift;
  return [
    {
      id: 'uplift_by_part',
      section: 'uplift',
      alt: `Observed uplift by quantile of predicted uplift, the largest first: ${best.value.toFixed(3)} in the first`,
      chart: observedUpliftChart(parts),
    },
    {
      id: 'qini',
      section: 'uplift',
      alt: `Qini curve of ${name}, with an area of ${qini.value.toFixed(3)}`,
      chart: qiniChart([{ name, ...found.qini, auc: qini.value }], {
        title: 'Qini curve',
        subtitle: interval(qini),
      }),
    },
    {
      id: 'uplift_curve',
      section: 'uplift',
      alt: `Uplift curve of ${name}, with an area of ${upliftAuc.value.toFixed(3)}`,
      chart: upliftChart([{ name, ...found.uplift, auc: upliftAuc.value }], {
        title: 'Uplift curve',
        subtitle: interval(upliftAuc),
      }),
    },
  ];
}
