import type { ClassLabel } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { SEQUENTIAL } from './theme.js';

/** The confusion matrix of a model: `counts[i][j]` rows of class `i` were predicted as class `j`. */
export interface NamedConfusionMatrix {
  readonly name: string;
  readonly classes: readonly ClassLabel[];
  readonly counts: readonly (readonly number[])[];
}

/** Confusion matrices side by side; the shade is the share of the true class. */
export function confusionChart(
  matrices: readonly NamedConfusionMatrix[],
  { title = 'Confusion matrices', subtitle = 'rows, and their share of the true class' }: ChartTitle = {},
): ChartSpec {
  requireSome('confusionChart', 'matrices', matrices);
  const cells = matrices.flatMap(({ name, classes, counts }, order) =>
    classes.flatMap((actual, i) => {
      const total = counts[i].reduce((sum, count) => sum + count, 0);
      return classes.map((predicted, j) => {
        const share = total > 0 ? counts[i][j] / total : 0;
        const label = [counts[i][j].toLocaleString('en'), `${(100 * share).toFixed(1)} %`];
        return {
          order,
          name,
          actual: String(actual),
          predicted: String(predicted),
          count: counts[i][j],
          share,
          label,
        };
      });
    }),
  );
  const order = matrices[0].classes.map(String);
  const size = Math.max(260, 90 * order.length);
  const cell = {
    y: {
      field: 'actual',
      type: 'nominal' as const,
      sort: null,
      title: 'true class',
      axis: { ticks: false },
    },
    x: {
      field: 'predicted',
      type: 'nominal' as const,
      sort: null,
      title: 'predicted class',
      axis: { labelAngle: order.length > 2 ? -30 : 0, ticks: false },
    },
  };
  return figure(
    { title, subtitle },
    {
      data: { values: cells },
      facet: {
        field: 'name',
        type: 'nominal',
        title: null,
        sort: { field: 'order', op: 'min' },
        header: { labelFontWeight: 600, labelPadding: 8 },
      },
      columns: 2,
      spec: {
        width: size,
        height: 60 * order.length,
        encoding: cell,
        layer: [
          {
            mark: { type: 'rect', stroke: 'white', strokeWidth: 2 },
            encoding: {
              color: {
                field: 'share',
                type: 'quantitative',
                scale: { domain: [0, 1], range: [...SEQUENTIAL] },
                legend: null,
              },
              tooltip: [
                { field: 'name', type: 'nominal', title: 'model' },
                { field: 'actual', type: 'nominal', title: 'true class' },
                { field: 'predicted', type: 'nominal', title: 'predicted class' },
                { field: 'count', type: 'quantitative', title: 'rows', format: ',' },
                { field: 'share', type: 'quantitative', title: 'share of true class', format: '.1%' },
              ],
            },
          },
          {
            mark: { type: 'text', fontSize: 13, lineHeight: 18, baseline: 'middle', dy: -8 },
            encoding: {
              text: { field: 'label', type: 'nominal' },
              color: { condition: { test: 'datum.share > 0.5', value: 'white' }, value: '#222' },
            },
          },
        ],
      },
      resolve: { axis: { y: 'independent', x: 'independent' } },
    },
  );
}
