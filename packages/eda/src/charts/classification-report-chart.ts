import type { ClassLabel } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, othersNote, requireSome } from './figure.js';
import { placesOfLargest } from './largest.js';
import { shownNames } from './shown-names.js';
import { SEQUENTIAL } from './theme.js';

/** The figures of a line of a classification report. */
export interface ReportLine {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** A classification report, as returned by `classificationReport` of `@churn/selection`. */
export interface ReportData {
  readonly classes: readonly ({ readonly label: ClassLabel } & ReportLine)[];
  readonly accuracy: number;
  readonly macroAverage: ReportLine;
  readonly weightedAverage: ReportLine;
}

const FIGURES = ['precision', 'recall', 'f1'] as const;
const COLUMNS = ['precision', 'recall', 'F1', 'rows'];

/** No more classes than these get a line. */
const MAX_CLASSES = 40;

/**
 * A classification report as an annotated table: metrics by class, their averages and the accuracy. If there are more than 40 classes,
 * those with the most rows are shown, with a note; the averages are over all classes.
 *
 * @throws `invalid-data` if there are no classes.
 */
export function classificationReportChart(
  { classes, accuracy, macroAverage, weightedAverage }: ReportData,
  { title = 'Classification report', subtitle = `accuracy ${accuracy.toFixed(3)}` }: ChartTitle = {},
): ChartSpec {
  requireSome('classificationReportChart', 'classes', classes);
  const drawn = placesOfLargest(
    classes.map(({ support }) => support),
    MAX_CLASSES,
  ).map((place) => classes[place]);
  const names = shownNames(['macro average', 'weighted average', ...drawn.map(({ label }) => String(label))]);
  const lines: [string, ReportLine][] = [
    ...drawn.map((each, i): [string, ReportLine] => [names[i + 2], each]),
    [names[0], macroAverage],
    [names[1], weightedAverage],
  ];
  const note = othersNote(`the ${drawn.length} with the most rows`, classes.length - drawn.length);
  const cells = lines.flatMap(([line, figures]) => [
    ...FIGURES.map((name, i) => ({
      line,
      column: COLUMNS[i],
      value: figures[name],
      label: Number.isFinite(figures[name]) ? figures[name].toFixed(3) : '-',
    })),
    { line, column: 'rows', value: null, label: figures.support.toLocaleString('en') },
  ]);
  return figure(
    { title, subtitle, note },
    {
      data: { values: cells },
      width: { step: 100 },
      height: { step: 44 },
      encoding: {
        x: {
          field: 'column',
          type: 'nominal',
          sort: null,
          title: null,
          axis: { orient: 'top', labelAngle: 0, domain: false, ticks: false },
        },
        y: {
          field: 'line',
          type: 'nominal',
          sort: null,
          title: null,
          axis: { domain: false, ticks: false },
        },
      },
      layer: [
        {
          transform: [{ filter: 'isValid(datum.value)' }],
          mark: { type: 'rect', stroke: 'white', strokeWidth: 2 },
          encoding: {
            color: {
              field: 'value',
              type: 'quantitative',
              scale: { domain: [0, 1], range: [...SEQUENTIAL] },
              legend: null,
            },
          },
        },
        {
          mark: { type: 'text', fontSize: 13 },
          encoding: {
            text: { field: 'label', type: 'nominal' },
            color: { condition: { test: 'datum.value > 0.6', value: 'white' }, value: '#222' },
          },
        },
      ],
    },
  );
}
