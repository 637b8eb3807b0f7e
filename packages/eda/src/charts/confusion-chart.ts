import { ChurnError, type ClassLabel } from '@churn/core';
import { percent } from '../format.js';
import { type ChartSpec, type ChartTitle, figure, requireSameLength, requireSome } from './figure.js';
import { placesOfLargest } from './largest.js';
import { MAX_SERIES } from './series-styles.js';
import { shownNames } from './shown-names.js';
import { textWidth } from './text-width.js';
import { SEQUENTIAL } from './theme.js';

/** The confusion matrix of a model: `counts[i][j]` rows of class `i` were predicted as class `j`. */
export interface NamedConfusionMatrix {
  readonly name: string;
  readonly classes: readonly ClassLabel[];
  readonly counts: readonly (readonly number[])[];
}

/** About how many cells of all matrices together are drawn, and how many classes of each at most. */
const [MAX_CELLS, MAX_CLASSES] = [1500, 20];

/**
 * Confusion matrices side by side; the shade is the share of the true class. Up to 28 models are shown, each with up to 20 classes (fewer
 * for many models), those with the most rows; other classes are combined, with a note.
 *
 * @throws `invalid-data` if there is no matrix, one does not match its number of classes, or its classes differ from those of the first.
 */
export function confusionChart(
  matrices: readonly NamedConfusionMatrix[],
  { title = 'Confusion matrices', subtitle = 'number of rows, and share of the true class' }: ChartTitle = {},
): ChartSpec {
  requireSome('confusionChart', 'matrices', matrices);
  const { classes } = matrices[0];
  requireSome('confusionChart', 'classes', classes);
  for (const each of matrices) requireMatrix(each, classes);
  const drawn = matrices.slice(0, MAX_SERIES);
  const most = Math.min(MAX_CLASSES, Math.floor(Math.sqrt(MAX_CELLS / drawn.length)));
  const places = placesOfLargest(
    classes.map((_, i) => drawn[0].counts[i].reduce((sum, count) => sum + count, 0)),
    most,
  );
  const others = classes.length - places.length;
  const labels = shownNames([
    ...places.map((place) => String(classes[place])),
    ...(others > 0 ? [`${others.toLocaleString('en')} other classes`] : []),
  ]);
  const names = shownNames(drawn.map(({ name }) => name));
  const cells = drawn.flatMap(({ counts }, order) =>
    gathered(counts, places).flatMap((row, i) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return row.map((count, j) => {
        const share = total > 0 ? count / total : 0;
        return {
          order,
          name: names[order],
          actual: labels[i],
          predicted: labels[j],
          count,
          share,
          label: [count.toLocaleString('en'), percent(share)],
        };
      });
    }),
  );
  const left = [
    ...(others > 0 ? [`the ${places.length} classes with the most rows, and ${others} others combined`] : []),
    ...(drawn.length < matrices.length
      ? [`the first ${drawn.length} models, and ${matrices.length - drawn.length} others not shown`]
      : []),
  ];
  const size = Math.max(260, 90 * labels.length);
  // Names that do not fit side by side lie aslant.
  const isLevel = labels.every((label) => textWidth(label) <= size / labels.length - 8);
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
      axis: { labelAngle: isLevel ? 0 : -30, ticks: false },
    },
  };
  return figure(
    { title, subtitle, note: left.length > 0 ? left.join('; ') : undefined },
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
        height: 60 * labels.length,
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
            mark: { type: 'text', aria: false, fontSize: 13, lineHeight: 18, baseline: 'middle', dy: -8 },
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

function requireMatrix(
  { name, classes, counts }: NamedConfusionMatrix,
  expected: readonly ClassLabel[],
): void {
  const what = `classes of "${name.slice(0, 80)}"`;
  requireSameLength('confusionChart', [what, 'rows of counts'], classes, counts);
  for (const row of counts) requireSameLength('confusionChart', [what, 'counts in each row'], classes, row);
  requireSameLength('confusionChart', [what, 'of the first model'], classes, expected);
  const place = classes.findIndex((label, i) => label !== expected[i]);
  if (place < 0) return;
  throw new ChurnError(
    'invalid-data',
    `confusionChart: expected the ${what} to be those of the first model, got ${JSON.stringify(classes[place])} ` +
      `and not ${JSON.stringify(expected[place])} at place ${place}`,
  );
}

/** Counts of some classes, and of all others as one if there are any. */
function gathered(counts: readonly (readonly number[])[], places: readonly number[]): number[][] {
  const size = places.length < counts.length ? places.length + 1 : places.length;
  const placeOf = new Map(places.map((place, i) => [place, i]));
  const sums = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      sums[placeOf.get(i) ?? size - 1][placeOf.get(j) ?? size - 1] += count;
    });
  });
  return sums;
}
